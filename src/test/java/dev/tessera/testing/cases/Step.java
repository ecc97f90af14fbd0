package dev.tessera.testing.cases;

import java.util.List;

/**
 * A request and its answers.
 *
 * @param line the number of the request's line in the file, from 1
 * @param kind the kind of the step
 * @param request the text after the mark
 * @param answers the expected answers; none if the command is silent
 */
public record Step(int line, Kind kind, String request, List<String> answers) {

    /** The kind of a step. */
    public enum Kind {
        /** {@code > } sends a text message. */
        ASK,
        /** {@code + } moves the clock by a number of milliseconds. */
        WAIT
    }
}
