package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;

/**
 * Reports that a partition misses a chunk of the session that is being loaded. No part of that session is visible, and
 * it can begin again.
 */
final class ChunkLostException extends DatasetException {

    private static final long serialVersionUID = 1L;

    ChunkLostException(String message) {
        super(message);
    }
}
