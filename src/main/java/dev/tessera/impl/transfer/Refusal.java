package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;

/**
 * What a partition has answered instead of executing an internal command: a whole answer, as a client would get it.
 *
 * @param status its number; 0 where there is none
 * @param message why
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
        int status = 0;
        String message = "a partition has refused";
        for (boolean first = true; scanner.member(first, slice); first = false) {
            if (slice.toString().equals("m")) {
                scanner.string(slice);
                message = JsonString.decode(slice.array(), slice.from(), slice.to());
            } else if (slice.toString().equals("st")) {
                scanner.value(slice);
                status = Integer.parseInt(slice.toString());
            } else {
                scanner.skipValue();
            }
        }
        return new Refusal(status, message);
    }

    /** Whether nothing was changed, and the same may be asked again. */
    boolean isForNow() {
        return status == Status.UNAVAILABLE.code();
    }

    DatasetException asException() {
        return new DatasetException(message);
    }
}
