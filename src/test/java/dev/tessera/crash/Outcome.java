package dev.tessera.crash;

import java.util.Map;

/**
 * A command to send, and its result.
 *
 * @param expected the reply; empty if there is none
 * @param states the states of the affected cells after the command
 */
record Outcome(String request, String expected, Map<Cell, String> states) {}
