package dev.tessera.impl.dataset;

import java.io.IOException;

/**
 * Takes the sessions of a save, one after the other. What is begun and never ended was damaged, and is to be forgotten.
 */
public interface SessionSink {

    /** A session begins. */
    void begin(SessionHeader header) throws IOException;

    /**
     * Its next key. The arrays are valid during the call. A key may come twice; then the last value counts.
     *
     * @param key holds canonical text from its beginning up to {@code keyTo}
     * @param value holds the value as it stands in the file
     */
    void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws IOException;

    /** The session was whole. */
    void end() throws IOException;
}
