package dev.tessera.impl.transfer;

import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;

/**
 * The fault that a partition returned instead of executing an internal command. It has the form of an answer to a
 * client.
 *
 * @param status the code of the status; 0 if the answer has none
 * @param message the reason
 */
record Refusal(int status, String message) {

    private static final int ANSWER_DEPTH_MAX = 8;

    /** Reads an answer. */
    static Refusal of(byte[] answer) {
        JsonScanner scanner = new JsonScanner(ANSWER_DEPTH_MAX);
        scanner.reset(answer, 0, answer.length);
        Slice slice = new Slice();
        scanner.peek();
        scanner.enter();
        scanner.member(true, slice);
        scanner.peek();
        scanner.enter();
        String message = "a partition has refused";
        for (boolean first = true; scanner.member(first, slice); first = false) {
            if (slice.toString().equals("m")) {
                scanner.string(slice);
                message = JsonString.decode(slice.array(), slice.from(), slice.to());
            } else {
                scanner.skipValue();
            }
        }
        return new Refusal(AnswerStatus.of(answer, 0), message);
    }

    /** Returns whether nothing was changed, and the caller may send the same request again. */
    boolean isForNow() {
        return status == Status.UNAVAILABLE.code();
    }

    DatasetException asException() {
        return new DatasetException(message);
    }
}
