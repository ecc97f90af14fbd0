package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;

/**
 * Says that a partition misses a piece of the session that is being loaded; nothing of that session is visible, and it
 * can begin again.
 */
final class PieceLostException extends DatasetException {

    private static final long serialVersionUID = 1L;

    PieceLostException(String message) {
        super(message);
    }
}
