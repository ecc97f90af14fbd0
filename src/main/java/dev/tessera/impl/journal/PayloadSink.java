package dev.tessera.impl.journal;

import java.io.IOException;

/**
 * Takes payloads in their order: the journal's writer when they are appended, the stores' loader when they are
 * replayed.
 */
@FunctionalInterface
public interface PayloadSink {

    /**
     * Takes the payload in {@code bytes[from..to)}, of at least one byte. The bytes are the caller's again when this
     * returns.
     *
     * @throws IOException where the payload cannot be written
     */
    void payload(byte[] bytes, int from, int to) throws IOException;
}
