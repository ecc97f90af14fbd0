package dev.tessera.impl.gateway.websocket.codec;

import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.CLOSE;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.CONTINUATION;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.PING;
import static dev.tessera.impl.gateway.websocket.codec.FrameHeader.TEXT;

import dev.tessera.impl.gateway.limits.IncomingBytes;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's bytes, cut anywhere, and passes the messages and control frames in them to its {@link Sink}.
 *
 * <p>A frame takes one of three ways, the common one first:
 *
 * <ul>
 *   <li>The reader copies a read event's bytes once into an array of their size. It unmasks a whole frame in place and
 *       hands it over as a slice.
 *   <li>If the end of the read cuts a header or a frame of up to 125 bytes, the reader carries its few bytes over to
 *       the beginning of the next array.
 *   <li>A longer frame that is cut, and every fragment of a message, goes to an {@link IncomingBytes}. The bytes of
 *       later reads are copied there directly. If they do not fit the total, the reader reports that, and drops the
 *       rest of the message as it comes.
 * </ul>
 *
 * <p>The reader counts and drops binary messages. It reports a message over the maximum as soon as it knows the length.
 * From then on it drops every message, and follows frames only to find the peer's close frame.
 *
 * <p>Thread: one at a time.
 */
final class FrameReader {

    /** Receives the findings of a reader. */
    interface Sink {

        /** Receives a whole text message. These bytes do not change any more. */
        void text(byte[] bytes, int offset, int length);

        /** Reports a whole binary message. */
        void binary();

        /** Reports that a message over the maximum has begun. Called once; no message follows. */
        void tooLarge();

        /** Reports that an unfinished message does not fit the total. The reader drops it; others follow. */
        void noRoom();

        /** Receives a ping. */
        void ping(byte[] bytes, int offset, int length);

        /** Reports a well-formed close frame. */
        void close(int status);

        /** Reports bytes that are no WebSocket frames of a client. The reader cannot understand the following bytes. */
        void violation(int status, String reason);

        /** Returns whether the reader may go on. The reader asks after each call. */
        boolean isReady();
    }

    private static final byte[] NOTHING = {};

    private final int maxPayloadBytes;
    private final IncomingTotal total;
    private final Sink sink;

    /** The unfinished bytes of the last read: less than one short frame or header. Null if there are none. */
    private byte @Nullable [] carried;

    /** The opcode of the unfinished message; {@link FrameHeader#CONTINUATION} if there is none. */
    private int messageOpcode = CONTINUATION;

    private long messageBytes;
    private long messagesEnded;
    private @Nullable IncomingBytes message;
    /** The current message did not fit the total. */
    private boolean isRefused;

    /** The number of payload bytes of the current frame that later reads will bring. */
    private long payloadBytesLeft;

    private boolean payloadIsLast;
    private int payloadKey;

    private boolean dropping;

    /** Creates a reader whose unfinished messages count for the total. */
    FrameReader(int maxPayloadBytes, IncomingTotal total, Sink sink) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.total = total;
        this.sink = sink;
    }

    /** Drops all messages from now on, and only follows frames. */
    void dropMessages() {
        dropping = true;
        releaseMessage();
    }

    /**
     * Reads the bytes and releases the buffer.
     *
     * @return the bytes after which the sink was no longer ready, for another call; null if there are none
     */
    @Nullable
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

    /** Returns whether a frame or message has begun and not ended. */
    boolean isUnfinished() {
        return messageOpcode != CONTINUATION || payloadBytesLeft > 0 || carried != null;
    }

    /** Returns how many messages have ended. */
    long messagesEnded() {
        return messagesEnded;
    }

    /** Returns how many bytes of the unfinished message have come. */
    long messageBytes() {
        return messageBytes - payloadBytesLeft;
    }

    /** Returns the number of bytes that this reader holds between reads. */
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

    /** Reads whole frames, and begins a long one that is not whole. Returns the index after the last byte it used. */
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

    /** Returns the index of the next frame; {@code at} if the reader must carry this one over. */
    private int readFrame(byte[] bytes, int at) {
        int end = bytes.length;
        byte first = bytes[at];
        String violation = FrameHeader.violation(first, bytes[at + 1], messageOpcode != CONTINUATION);
        if (violation != null) {
            return violation(end, violation);
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
        if (end < payloadAt || (length > end - payloadAt && length <= FrameHeader.CONTROL_PAYLOAD_BYTES_MAX)) {
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
            int violation = CloseBody.violation(bytes, offset, length);
            if (violation != 0) {
                sink.violation(violation, CloseBody.ILL_FORMED);
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
        return messageOpcode == TEXT && !dropping && !isRefused;
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
            keep(buffer().append(bytes, at, count, sizeMax()), count);
        } else {
            tookPayload(count);
        }
        return at + count;
    }

    private void continuePayload(ByteBuf in) {
        int count = (int) Math.min(payloadBytesLeft, in.readableBytes());
        if (isKept()) {
            keep(buffer().append(in, count, sizeMax()), count);
        } else {
            in.skipBytes(count);
            tookPayload(count);
        }
    }

    private IncomingBytes buffer() {
        if (message == null) {
            message = new IncomingBytes(total);
        }
        return message;
    }

    /** Returns the largest size that the current message can reach, as far as it is known. */
    private int sizeMax() {
        return payloadIsLast ? (int) messageBytes : maxPayloadBytes;
    }

    /** Unmasks the bytes that were appended to the message; refuses the message if they did not fit. */
    private void keep(boolean hadRoom, int count) {
        if (hadRoom) {
            IncomingBytes kept = buffer();
            Mask.apply(kept.array(), kept.size() - count, kept.size(), payloadKey);
            tookPayload(count);
        } else {
            message = null;
            isRefused = true;
            tookPayload(count);
            sink.noRoom();
        }
    }

    private void tookPayload(int count) {
        payloadBytesLeft -= count;
        payloadKey = Mask.advance(payloadKey, count);
        if (payloadBytesLeft > 0 || !payloadIsLast) {
            return;
        }
        boolean isText = messageOpcode == TEXT;
        boolean isDropped = dropping || isRefused;
        IncomingBytes whole = message;
        byte[] bytes = whole == null ? NOTHING : whole.array();
        int size = whole == null ? 0 : whole.size();
        endMessage();
        if (isDropped) {
            return;
        }
        if (isText) {
            sink.text(bytes, 0, size);
        } else {
            sink.binary();
        }
    }

    private void releaseMessage() {
        if (message != null) {
            message.release();
            message = null;
        }
    }

    private void endMessage() {
        releaseMessage();
        messagesEnded++;
        isRefused = false;
        messageOpcode = CONTINUATION;
        messageBytes = 0;
    }
}
