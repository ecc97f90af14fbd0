package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * The frames that are to be sent: appended to one buffer, so that a flush is one write. A buffer begins with the room
 * that the last flush needed and is passed on at {@value #CHUNK_BYTES} bytes; a payload that is larger by itself gets a
 * buffer of its own size. So each byte is copied once.
 *
 * <p>Thread: the event loop of the connection.
 */
final class Outbound {

    static final int CHUNK_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES_MIN = 256;
    private static final int HEADER_BYTES_MAX = 10;

    private final ChannelHandlerContext ctx;
    private ByteBuf chunk;
    private int chunkBytesExpected = CHUNK_BYTES_MIN;
    private boolean written;

    Outbound(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    void text(byte[] bytes, int offset, int length) {
        if (length > CHUNK_BYTES - HEADER_BYTES_MAX) {
            appendHeader(room(HEADER_BYTES_MAX), FrameHeader.TEXT, length);
            pass();
            pass(ctx.alloc().ioBuffer(length, length).writeBytes(bytes, offset, length));
        } else {
            ByteBuf to = room(HEADER_BYTES_MAX + length);
            appendHeader(to, FrameHeader.TEXT, length);
            to.writeBytes(bytes, offset, length);
        }
    }

    /** @param length at most 125 */
    void control(int opcode, byte[] bytes, int offset, int length) {
        ByteBuf to = room(HEADER_BYTES_MAX + length);
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

    private ByteBuf room(int bytes) {
        if (chunk != null && chunk.readableBytes() + bytes > CHUNK_BYTES) {
            pass();
        }
        if (chunk == null) {
            chunk = ctx.alloc().ioBuffer(Math.max(bytes, chunkBytesExpected), CHUNK_BYTES);
        }
        return chunk;
    }

    private void pass() {
        if (chunk != null) {
            ByteBuf full = chunk;
            chunk = null;
            chunkBytesExpected = Math.max(CHUNK_BYTES_MIN, full.readableBytes());
            pass(full);
        }
    }

    private void pass(ByteBuf buffer) {
        written = true;
        ctx.write(buffer, ctx.voidPromise());
    }

    void flush() {
        pass();
        if (written) {
            written = false;
            ctx.flush();
        }
    }

    /** Flushes; the future tells when the socket has taken all that was written before. */
    ChannelFuture flushLast() {
        ByteBuf last = chunk == null ? ctx.alloc().ioBuffer(0) : chunk;
        chunk = null;
        written = false;
        return ctx.writeAndFlush(last);
    }

    /** Bytes that the socket has not taken; Netty adds about 100 for each buffer that waits. */
    long unsentBytes() {
        long bytes = chunk == null ? 0 : chunk.readableBytes();
        Channel channel = ctx.channel();
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? bytes : bytes + waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }

    void release() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
