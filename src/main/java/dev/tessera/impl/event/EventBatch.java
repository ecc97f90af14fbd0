package dev.tessera.impl.event;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * A batch of events in one message, in order. All numbers are big endian. Thread: one at a time.
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

    /** Returns the size of the message. */
    public int bytes() {
        return message.length();
    }

    /** Returns the message. The batch must not be used afterwards. */
    public byte[] message() {
        return message.getBytes();
    }

    /** Passes the address and text of each event in a message to a consumer. */
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
