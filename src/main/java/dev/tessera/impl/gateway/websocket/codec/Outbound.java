package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.limits.ProgressWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;

/**
 * The output of a connection: appends frames to one array, so that a frame costs a copy, and a flush is one write of
 * one buffer. A new array has the size that the last flush needed. An array of {@value #CHUNK_BYTES} bytes is written,
 * and a payload that is larger gets a buffer of its own size.
 *
 * <p>Thread: the event loop of the connection.
 */
final class Outbound {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES_MIN = 256;
    private static final byte[] NO_CHUNK = {};

    private final ChannelHandlerContext ctx;
    /** The frames since the last write, up to {@link #chunkBytes}. */
    private byte[] chunk = NO_CHUNK;

    private int chunkBytes;
    private int chunkBytesExpected = CHUNK_BYTES_MIN;
    private boolean written;
    private long writtenBytes;

    Outbound(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** Appends a text message in one frame. */
    void text(byte[] bytes, int offset, int length) {
        if (length > CHUNK_BYTES - FrameHeader.SENT_BYTES_MAX) {
            header(FrameHeader.TEXT, length, 0);
            writeChunk();
            write(ctx.alloc().ioBuffer(length, length).writeBytes(bytes, offset, length));
        } else {
            frame(FrameHeader.TEXT, bytes, offset, length);
        }
    }

    /**
     * Appends a control frame.
     *
     * @param length at most 125
     */
    void control(int opcode, byte[] bytes, int offset, int length) {
        frame(opcode, bytes, offset, length);
    }

    private void frame(int opcode, byte[] bytes, int offset, int length) {
        header(opcode, length, length);
        System.arraycopy(bytes, offset, chunk, chunkBytes, length);
        chunkBytes += length;
    }

    /** Appends a header, with room for some bytes of its payload. */
    private void header(int opcode, int length, int room) {
        int end = chunkBytes + FrameHeader.SENT_BYTES_MAX + room;
        if (end > chunk.length) {
            grow(FrameHeader.SENT_BYTES_MAX + room);
        }
        chunkBytes += FrameHeader.put(chunk, chunkBytes, opcode, length);
    }

    private void grow(int more) {
        if (chunkBytes + more > CHUNK_BYTES) {
            writeChunk();
        }
        int size = Math.min(CHUNK_BYTES, Math.max(chunkBytesExpected, 2 * chunk.length));
        chunk = Arrays.copyOf(chunk, Math.max(size, chunkBytes + more));
    }

    /** Writes the frames of the current array, if there are any. */
    private void writeChunk() {
        if (chunkBytes > 0) {
            chunkBytesExpected = Math.max(CHUNK_BYTES_MIN, chunkBytes);
            write(takeChunk());
        }
    }

    private ByteBuf takeChunk() {
        ByteBuf buffer = ctx.alloc().ioBuffer(chunkBytes, chunkBytes).writeBytes(chunk, 0, chunkBytes);
        release();
        return buffer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise never completes
    private void write(ByteBuf buffer) {
        written = true;
        writtenBytes += buffer.readableBytes();
        ctx.write(buffer, ctx.voidPromise());
    }

    /** Sends all frames. */
    void flush() {
        writeChunk();
        if (written) {
            written = false;
            ctx.flush();
        }
    }

    /** Sends all frames. The future completes when the socket has taken them. */
    ChannelFuture flushLast() {
        ByteBuf last = takeChunk();
        written = false;
        writtenBytes += last.readableBytes();
        return ctx.writeAndFlush(last);
    }

    /** Returns the bytes that the socket has not taken. Netty adds about 100 for each buffer that waits. */
    long unsentBytes() {
        return chunkBytes + ProgressWatch.waitingBytes(ctx.channel());
    }

    /** Returns how many bytes the socket has taken, less about 100 for each buffer that waits. */
    long takenBytes() {
        return writtenBytes - ProgressWatch.waitingBytes(ctx.channel());
    }

    /** Drops the frames that are not written. */
    void release() {
        chunk = NO_CHUNK;
        chunkBytes = 0;
    }
}
