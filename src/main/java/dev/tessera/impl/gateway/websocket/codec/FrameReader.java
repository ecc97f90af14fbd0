package dev.tessera.impl.gateway.websocket.codec;

import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.CLOSE;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.CONTINUATION;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.PING;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.TEXT;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/**
 * Takes a client's bytes, cut anywhere, and tells its {@link Sink} the messages and control frames in them.
 *
 * <p>Three ways through, the common one first:
 *
 * <ul>
 *   <li>A read event's bytes are copied once into an array of their size. A frame that is whole in it is unmasked there
 *       and handed over as a slice.
 *   <li>A frame with a short length (up to 125 bytes) or a header that is cut by the end of the read is carried over:
 *       its few bytes stand at the beginning of the next array.
 *   <li>A longer frame that is cut, and every fragment of a message, goes to a {@link MessageBuffer}; what follows in
 *       later reads is copied there directly.
 * </ul>
 *
 * <p>Binary messages are counted and dropped. A message over the maximum is reported as soon as its length is known;
 * from then on frames are followed, so that the peer's close frame is found, and every message is dropped.
 *
 * <p>Thread: one at a time.
 */
final class FrameReader {

    /** What a reader has found. */
    interface Sink {

        /** A whole text message; nobody changes these bytes any more. */
        void text(byte[] bytes, int offset, int length);

        void binary();

        /** A message has begun that is over the maximum. Told once; no message follows. */
        void tooLarge();

        void ping(byte[] bytes, int offset, int length);

        /** A well-formed close frame. */
        void close(int status);

        /** The bytes are not WebSocket frames of a client; what follows cannot be understood. */
        void violation(int status, String reason);

        /** Whether the reader may go on; asked after each call. */
        boolean isReady();
    }

    private final int maxPayloadBytes;
    private final Sink sink;

    /** What the last read left unfinished: less than one short frame or header. Null if nothing. */
    private byte[] carried;

    /** The opcode of the message whose fragments are coming, {@link FrameHeader#CONTINUATION} if there is none. */
    private int messageOpcode = CONTINUATION;

    private long messageBytes;
    private MessageBuffer message;

    /** The frame whose payload goes on in the next read. */
    private long payloadBytesLeft;

    private boolean payloadIsLast;
    private int payloadKey;

    private boolean dropping;

    FrameReader(int maxPayloadBytes, Sink sink) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.sink = sink;
    }

    /** From now on frames are followed and messages are dropped. */
    void dropMessages() {
        dropping = true;
        message = null;
    }

    /**
     * Takes the bytes and releases the buffer.
     *
     * @return the bytes that were left when the sink was no longer ready, to be given again; null if there are none
     */
    ByteBuf read(ByteBuf in) {
        try {
            if (payloadBytesLeft > 0) {
                continuePayload(in);
            }
            if (!in.isReadable()) {
                return null;
            }
            if (!sink.isReady()) {
                return in.retain();
            }
            byte[] bytes = join(in);
            int at = readFrames(bytes);
            if (at == bytes.length) {
                return null;
            }
            if (!sink.isReady()) {
                return Unpooled.wrappedBuffer(bytes, at, bytes.length - at);
            }
            carried = Arrays.copyOfRange(bytes, at, bytes.length);
            return null;
        } finally {
            in.release();
        }
    }

    /** The memory that this reader holds between reads. */
    int bytesHeld() {
        return (carried == null ? 0 : carried.length) + (message == null ? 0 : message.capacity());
    }

    private byte[] join(ByteBuf in) {
        int fresh = in.readableBytes();
        int old = carried == null ? 0 : carried.length;
        byte[] bytes = new byte[old + fresh];
        if (old > 0) {
            System.arraycopy(carried, 0, bytes, 0, old);
            carried = null;
        }
        in.readBytes(bytes, old, fresh);
        return bytes;
    }

    /** Reads whole frames, and begins a long one that is not whole. Returns where it stopped. */
    private int readFrames(byte[] bytes) {
        int at = 0;
        while (bytes.length - at >= 2 && sink.isReady()) {
            int next = readFrame(bytes, at);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    /** Returns where the next frame begins, {@code at} if this one is to be carried over. */
    private int readFrame(byte[] bytes, int at) {
        int end = bytes.length;
        byte first = bytes[at];
        String wrong = FrameHeader.violation(first, bytes[at + 1], messageOpcode != CONTINUATION);
        if (wrong != null) {
            return violation(end, wrong);
        }
        long length = FrameHeader.payloadBytes(bytes, at, end);
        if (length == FrameHeader.INCOMPLETE) {
            return at;
        }
        if (length < 0) {
            return violation(end, "length not well encoded");
        }
        int opcode = FrameHeader.opcode(first);
        int payloadAt = at + FrameHeader.bytes(FrameHeader.shortLength(bytes[at + 1]));
        boolean isControl = FrameHeader.isControl(opcode);
        if (!isControl) {
            checkSize(length);
        }
        if (end < payloadAt || length > end - payloadAt && length <= FrameHeader.CONTROL_PAYLOAD_BYTES_MAX) {
            return at;
        }
        int key = FrameHeader.key(bytes, payloadAt);
        if (isControl) {
            int payloadEnd = payloadAt + (int) length;
            Mask.apply(bytes, payloadAt, payloadEnd, key);
            control(opcode, bytes, payloadAt, (int) length);
            return payloadEnd;
        }
        beginPayload(opcode, FrameHeader.isFinal(first), length, key);
        return takePayload(bytes, payloadAt, end);
    }

    private int violation(int end, String reason) {
        sink.violation(CloseStatus.PROTOCOL_ERROR, reason);
        return end;
    }

    private void checkSize(long length) {
        if (!dropping && length > maxPayloadBytes - messageBytes) {
            dropMessages();
            sink.tooLarge();
        }
    }

    private void control(int opcode, byte[] bytes, int offset, int length) {
        if (opcode == CLOSE) {
            int wrong = CloseBody.violation(bytes, offset, length);
            if (wrong != 0) {
                sink.violation(wrong, "close frame not well formed");
            } else {
                sink.close(CloseBody.status(bytes, offset, length));
            }
        } else if (opcode == PING && !dropping) {
            sink.ping(bytes, offset, length);
        }
    }

    private void beginPayload(int opcode, boolean isFinal, long length, int key) {
        if (opcode != CONTINUATION) {
            messageOpcode = opcode;
        }
        messageBytes = dropping ? 0 : messageBytes + length;
        payloadBytesLeft = length;
        payloadIsLast = isFinal;
        payloadKey = key;
    }

    private boolean isKept() {
        return messageOpcode == TEXT && !dropping;
    }

    private int takePayload(byte[] bytes, int at, int end) {
        int count = (int) Math.min(payloadBytesLeft, end - at);
        if (isKept()) {
            if (payloadIsLast && message == null && count == payloadBytesLeft) {
                Mask.apply(bytes, at, at + count, payloadKey);
                payloadBytesLeft = 0;
                endMessage();
                sink.text(bytes, at, count);
                return at + count;
            }
            buffer().append(bytes, at, count, payloadKey, (int) messageBytes, payloadIsLast);
        }
        tookPayload(count);
        return at + count;
    }

    private void continuePayload(ByteBuf in) {
        int count = (int) Math.min(payloadBytesLeft, in.readableBytes());
        if (isKept()) {
            buffer().append(in, count, payloadKey, (int) messageBytes, payloadIsLast);
        } else {
            in.skipBytes(count);
        }
        tookPayload(count);
    }

    private MessageBuffer buffer() {
        if (message == null) {
            message = new MessageBuffer(maxPayloadBytes);
        }
        return message;
    }

    private void tookPayload(int count) {
        payloadBytesLeft -= count;
        payloadKey = Mask.advance(payloadKey, count);
        if (payloadBytesLeft > 0 || !payloadIsLast) {
            return;
        }
        boolean isText = messageOpcode == TEXT;
        MessageBuffer whole = message;
        endMessage();
        if (dropping) {
            return;
        }
        if (isText) {
            sink.text(whole.bytes(), 0, whole.size());
        } else {
            sink.binary();
        }
    }

    private void endMessage() {
        message = null;
        messageOpcode = CONTINUATION;
        messageBytes = 0;
    }
}
