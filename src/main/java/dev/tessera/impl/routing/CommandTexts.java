package dev.tessera.impl.routing;

import io.vertx.core.buffer.Buffer;

/**
 * Several commands, or the answers to them in the same order, as the body of one event-bus message:
 *
 * <pre>
 *   count:int32, then for each of them  length:int32, text:length bytes
 * </pre>
 *
 * <p>Integers have their highest byte first.
 */
public final class CommandTexts {

    private CommandTexts() {}

    /** An empty message, to be filled by {@link #add}. */
    public static Buffer message() {
        return Buffer.buffer().appendInt(0);
    }

    /** Adds a text. */
    public static void add(Buffer message, byte[] text) {
        message.setInt(0, message.getInt(0) + 1).appendInt(text.length).appendBytes(text);
    }

    /**
     * Takes the texts out.
     *
     * @throws IndexOutOfBoundsException if it is no such message
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
