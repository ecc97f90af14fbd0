package dev.tessera.impl.journal;

import java.io.IOException;

/** A consumer of payloads in order: the journal's writer after an append, or the stores' loader during the replay. */
@FunctionalInterface
public interface PayloadSink {

    /**
     * Takes the payload in {@code bytes[from..to)}, which has at least one byte. The caller may reuse the array
     * afterwards.
     *
     * @throws IOException if the payload cannot be written
     */
    void payload(byte[] bytes, int from, int to) throws IOException;
}
