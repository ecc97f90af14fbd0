package dev.tessera.testing.cases;

import java.util.List;

/**
 * A request and the answers to it, as they are written.
 *
 * @param line the line of the file in which the request stands, from 1
 * @param kind what is to be done
 * @param request what follows the mark
 * @param answers the expected answers; none is silence
 */
public record Step(int line, Kind kind, String request, List<String> answers) {

    /** What a step does. */
    public enum Kind {
        /** {@code > } sends a text message. */
        ASK,
        /** {@code + } moves the clock by so many milliseconds. */
        WAIT
    }
}
