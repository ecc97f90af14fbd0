package dev.tessera.impl.dataset;

import java.io.IOException;

/**
 * A consumer of the sessions of a save, one after another. A session without an end is damaged, and the consumer must
 * drop it.
 */
public interface SessionSink {

    /** Begins a session. */
    void begin(SessionHeader header) throws IOException;

    /**
     * Takes the next key of the session. The arrays are valid only during the call. If a key comes twice, the last
     * value counts.
     *
     * @param key an array with canonical text from index 0 to {@code keyTo}
     * @param value an array with the value as it is in the file
     */
    void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws IOException;

    /**
     * Takes the end of a key of the session. It comes after all keys. The array is valid only during the call.
     *
     * @param key an array with canonical text from index 0 to {@code keyTo}
     * @param endMs when the key stops existing, in milliseconds since 1970
     */
    void keyEnd(byte[] key, int keyTo, long endMs) throws IOException;

    /** Ends the session, which is complete. */
    void end() throws IOException;
}
