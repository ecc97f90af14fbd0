package dev.tessera.crash;

import java.util.Map;

/**
 * A command that is about to be sent, and what comes of it.
 *
 * @param expected the reply; empty for silence
 * @param states what the cells are then that it concerns
 */
record Outcome(String request, String expected, Map<Cell, String> states) {}
