package dev.tessera.impl.transfer;

import dev.tessera.impl.command.AnswerScanner;
import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.dataset.DatasetException;
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

    private static final byte[] MESSAGE = {'m'};

    /** Reads an answer. */
    static Refusal of(byte[] answer) {
        Slice message = new Slice();
        return new Refusal(
                AnswerStatus.of(answer, 0),
                new AnswerScanner(0).find(answer, MESSAGE, message)
                        ? JsonString.decode(message.array(), message.from() + 1, message.to() - 1)
                        : TransferMessages.REFUSED);
    }

    /** Returns whether nothing was changed, and the caller may send the same request again. */
    boolean isForNow() {
        return status == Status.UNAVAILABLE.code();
    }

    DatasetException asException() {
        return new DatasetException(message);
    }
}
