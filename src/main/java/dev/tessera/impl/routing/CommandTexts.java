package dev.tessera.impl.routing;

import io.vertx.core.buffer.Buffer;

/**
 * The format of an event-bus message with several commands, or with the answers to them in the same order.
 *
 * <pre>
 *   count:int32, then count times  length:int32, text:length bytes
 * </pre>
 *
 * <p>Integers are big endian.
 */
public final class CommandTexts {

    private CommandTexts() {}

    /** Returns an empty message, which {@link #add} fills. */
    public static Buffer message() {
        return Buffer.buffer().appendInt(0);
    }

    /** Adds a text to a message. */
    public static void add(Buffer message, byte[] text) {
        message.setInt(0, message.getInt(0) + 1).appendInt(text.length).appendBytes(text);
    }

    /**
     * Returns the texts of a message.
     *
     * @throws IndexOutOfBoundsException if the buffer is no such message
     */
    public static byte[][] of(Buffer message) {
        int count = message.getInt(0);
        if (count < 0 || count > message.length() / Integer.BYTES) {
            throw new IndexOutOfBoundsException(count + " texts in " + message.length() + " bytes");
        }
        byte[][] texts = new byte[count][];
        int at = Integer.BYTES;
        for (int i = 0; i < count; i++) {
            int length = message.getInt(at);
            at += Integer.BYTES;
            if (length < 0 || length > message.length() - at) {
                throw new IndexOutOfBoundsException(
                        "a text of " + length + " bytes at " + at + " of " + message.length());
            }
            texts[i] = message.getBytes(at, at + length);
            at += length;
        }
        return texts;
    }
}
