package dev.tessera.impl.event;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Events in one message, in their order; all numbers are big endian. Thread: one at a time.
 *
 * <pre>
 *   for each event: length int32, address | length int32, text
 * </pre>
 */
public final class EventBatch {

    private final Buffer message = Buffer.buffer();

    /** Adds an event. */
    public void add(String address, Buffer text) {
        byte[] addressBytes = address.getBytes(StandardCharsets.US_ASCII);
        message.appendInt(addressBytes.length)
                .appendBytes(addressBytes)
                .appendInt(text.length())
                .appendBuffer(text);
    }

    /** How large the message is. */
    public int bytes() {
        return message.length();
    }

    /** The message; the batch is not to be used any more. */
    public byte[] message() {
        return message.getBytes();
    }

    /** Hands over the events of a message: their addresses and texts. */
    public static void forEach(byte[] message, BiConsumer<String, Buffer> consumer) {
        Buffer buffer = Buffer.buffer(message);
        for (int at = 0; at < message.length; ) {
            int addressFrom = at + Integer.BYTES;
            int addressTo = addressFrom + buffer.getInt(at);
            int textFrom = addressTo + Integer.BYTES;
            at = textFrom + buffer.getInt(addressTo);
            consumer.accept(buffer.getString(addressFrom, addressTo), buffer.getBuffer(textFrom, at));
        }
    }
}
