package dev.tessera.impl.gateway.websocket.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of a client's frames for Netty's pipeline. Netty's own decoder keeps a frame until its last byte has come,
 * up to the largest message for each connection. This one passes the bytes on as they come, as fragments of the frame.
 *
 * <p>If a compressed message does not come as a whole, its first fragment is empty. Netty's inflater fails at a first
 * fragment that inflates to nothing, as the first few bytes of a message do. It accepts an empty one.
 *
 * <p>While it is paused, it passes nothing on. The bytes of at most one read wait, before they are inflated.
 *
 * <p>After bytes that break the protocol, it passes on one {@link Fault} in their place, and drops all that follows.
 *
 * <p>Thread: the event loop of the connection.
 */
public final class FrameSplitter extends ByteToMessageDecoder {

    /**
     * The end of what can be understood.
     *
     * @param reason the reason why the bytes break the protocol; null if a frame is larger than the maximum
     */
    public record Fault(@Nullable String reason) {}

    private static final int RSV = 0x70;
    private static final int RSV_SHIFT = 4;
    private static final int HEADER_BYTES_MAX = 14;

    private final int maxPayloadBytes;
    private final byte[] header = new byte[HEADER_BYTES_MAX];
    private boolean inMessage;
    private boolean isFailed;
    private boolean isPaused;
    private @Nullable ChannelHandlerContext context;

    private int opcode;
    private int rsv;
    private boolean isFinal;
    private int key;
    private long payloadBytesLeft;
    private long messageBytes;
    private long messagesEnded;

    /** Creates a decoder that takes frames of up to {@code maxPayloadBytes}. */
    public FrameSplitter(int maxPayloadBytes) {
        this.maxPayloadBytes = maxPayloadBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Passes nothing on until {@link #resume}. The caller turns the socket's reads off. */
    public void pause() {
        isPaused = true;
    }

    /** Passes on what has waited, as a read event of its own. The caller has turned the socket's reads on. */
    public void resume() {
        isPaused = false;
        if (context != null && !context.isRemoved() && actualReadableBytes() > 0) {
            readOn(context);
        }
    }

    /** Returns whether a frame or message has begun and not ended. */
    public boolean isUnfinished() {
        return inMessage || payloadBytesLeft > 0 || actualReadableBytes() > 0;
    }

    /** Returns how many messages have ended. */
    public long messagesEnded() {
        return messagesEnded;
    }

    /** Returns how many bytes of the unfinished message have come. */
    public long messageBytes() {
        return messageBytes;
    }

    private void readOn(ChannelHandlerContext ctx) {
        try {
            channelRead(ctx, Unpooled.EMPTY_BUFFER);
            channelReadComplete(ctx);
        } catch (Exception e) {
            ctx.fireExceptionCaught(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, message);
        if (isPaused) {
            // Vert.x may have turned the reads on meanwhile.
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        if (isPaused) {
            // Netty's decoder would read on until it can pass a frame on.
            ctx.fireChannelReadComplete();
        } else {
            super.channelReadComplete(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (isFailed) {
            in.skipBytes(in.readableBytes());
        } else if (isPaused) {
            return;
        } else if (payloadBytesLeft > 0) {
            out.add(fragment(in, in.readableBytes()));
        } else if (in.readableBytes() >= 2) {
            readHeader(in, out);
        }
    }

    private void readHeader(ByteBuf in, List<Object> out) {
        int available = Math.min(in.readableBytes(), HEADER_BYTES_MAX);
        in.getBytes(in.readerIndex(), header, 0, available);
        int first = header[0];
        String violation = FrameHeader.violation((byte) (first & ~RSV), header[1], inMessage);
        if (violation != null) {
            fail(violation, out);
            return;
        }
        long length = FrameHeader.payloadBytes(header, 0, available);
        if (length == FrameHeader.MALFORMED) {
            fail("length not well encoded", out);
            return;
        }
        if (length > maxPayloadBytes) {
            fail(null, out);
            return;
        }
        int headerBytes = FrameHeader.bytes(FrameHeader.shortLength(header[1]));
        opcode = FrameHeader.opcode(header[0]);
        boolean isControl = FrameHeader.isControl(opcode);
        if (length == FrameHeader.INCOMPLETE
                || available < headerBytes
                || (isControl && in.readableBytes() - headerBytes < length)) {
            return;
        }
        in.skipBytes(headerBytes);
        isFinal = FrameHeader.isFinal(header[0]);
        rsv = (first & RSV) >> RSV_SHIFT;
        key = FrameHeader.key(header, headerBytes);
        payloadBytesLeft = length;
        if (isControl) {
            out.add(control(in));
        } else {
            inMessage = !isFinal;
            boolean isWhole = isFinal && in.readableBytes() >= length;
            if (rsv != 0 && !isWhole) {
                out.add(fragment(in, 0));
            } else if (length == 0 || in.isReadable()) {
                out.add(fragment(in, in.readableBytes()));
            }
        }
    }

    private void fail(@Nullable String reason, List<Object> out) {
        isFailed = true;
        out.add(new Fault(reason));
    }

    private WebSocketFrame control(ByteBuf in) {
        ByteBuf payload = payload(in, (int) payloadBytesLeft);
        return switch (opcode) {
            case FrameHeader.PING -> new PingWebSocketFrame(true, rsv, payload);
            case FrameHeader.PONG -> new PongWebSocketFrame(true, rsv, payload);
            default -> new CloseWebSocketFrame(true, rsv, payload);
        };
    }

    /** Returns the next bytes of the frame. The bytes after them are fragments that continue the message. */
    private WebSocketFrame fragment(ByteBuf in, int bytesMax) {
        int count = (int) Math.min(payloadBytesLeft, bytesMax);
        boolean isLast = isFinal && count == payloadBytesLeft;
        ByteBuf payload = payload(in, count);
        messageBytes = isLast ? 0 : messageBytes + count;
        messagesEnded += isLast ? 1 : 0;
        WebSocketFrame fragment = switch (opcode) {
            case FrameHeader.TEXT -> new TextWebSocketFrame(isLast, rsv, payload);
            case FrameHeader.BINARY -> new BinaryWebSocketFrame(isLast, rsv, payload);
            default -> new ContinuationWebSocketFrame(isLast, rsv, payload);
        };
        opcode = FrameHeader.CONTINUATION;
        rsv = 0;
        return fragment;
    }

    private ByteBuf payload(ByteBuf in, int count) {
        byte[] bytes = new byte[count];
        in.readBytes(bytes);
        Mask.apply(bytes, 0, count, key);
        key = Mask.advance(key, count);
        payloadBytesLeft -= count;
        return Unpooled.wrappedBuffer(bytes);
    }
}
