package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.limits.ProgressWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The output of a connection: appends frames to one buffer, so that a flush is one write. A new buffer has the size
 * that the last flush needed. A buffer of {@value #CHUNK_BYTES} bytes is written, and a payload that is larger gets a
 * buffer of its own size. So each byte is copied once.
 *
 * <p>Thread: the event loop of the connection.
 */
final class Outbound {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES_MIN = 256;
    private static final int HEADER_BYTES_MAX = 10;

    private final ChannelHandlerContext ctx;
    private @Nullable ByteBuf chunk;
    private int chunkBytesExpected = CHUNK_BYTES_MIN;
    private boolean written;
    private long writtenBytes;

    Outbound(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** Appends a text message in one frame. */
    void text(byte[] bytes, int offset, int length) {
        if (length > CHUNK_BYTES - HEADER_BYTES_MAX) {
            appendHeader(reserve(HEADER_BYTES_MAX), FrameHeader.TEXT, length);
            writeChunk();
            write(ctx.alloc().ioBuffer(length, length).writeBytes(bytes, offset, length));
        } else {
            ByteBuf to = reserve(HEADER_BYTES_MAX + length);
            appendHeader(to, FrameHeader.TEXT, length);
            to.writeBytes(bytes, offset, length);
        }
    }

    /**
     * Appends a control frame.
     *
     * @param length at most 125
     */
    void control(int opcode, byte[] bytes, int offset, int length) {
        ByteBuf to = reserve(HEADER_BYTES_MAX + length);
        appendHeader(to, opcode, length);
        to.writeBytes(bytes, offset, length);
    }

    private static void appendHeader(ByteBuf to, int opcode, int length) {
        to.writeByte(FrameHeader.FIN | opcode);
        if (length < 126) {
            to.writeByte(length);
        } else if (length <= 0xFFFF) {
            to.writeByte(126).writeShort(length);
        } else {
            to.writeByte(127).writeLong(length);
        }
    }

    private ByteBuf reserve(int bytes) {
        if (chunk != null && chunk.readableBytes() + bytes > CHUNK_BYTES) {
            writeChunk();
        }
        if (chunk == null) {
            chunk = ctx.alloc().ioBuffer(Math.max(bytes, chunkBytesExpected), CHUNK_BYTES);
        }
        return chunk;
    }

    /** Writes the current buffer, if there is one. */
    private void writeChunk() {
        if (chunk != null) {
            ByteBuf full = chunk;
            chunk = null;
            chunkBytesExpected = Math.max(CHUNK_BYTES_MIN, full.readableBytes());
            write(full);
        }
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
        ByteBuf last = chunk == null ? ctx.alloc().ioBuffer(0) : chunk;
        chunk = null;
        written = false;
        writtenBytes += last.readableBytes();
        return ctx.writeAndFlush(last);
    }

    /** Returns the bytes that the socket has not taken. Netty adds about 100 for each buffer that waits. */
    long unsentBytes() {
        long bytes = chunk == null ? 0 : chunk.readableBytes();
        return bytes + ProgressWatch.waitingBytes(ctx.channel());
    }

    /** Returns how many bytes the socket has taken, less about 100 for each buffer that waits. */
    long takenBytes() {
        return writtenBytes - ProgressWatch.waitingBytes(ctx.channel());
    }

    /** Releases the current buffer. */
    void release() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
