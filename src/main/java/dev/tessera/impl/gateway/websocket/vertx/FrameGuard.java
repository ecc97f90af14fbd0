package dev.tessera.impl.gateway.websocket.vertx;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.codec.CloseBody;
import dev.tessera.impl.gateway.websocket.codec.FrameSplitter;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A handler between {@link FrameSplitter} and Vert.x's WebSocket. It makes up for these differences:
 *
 * <ul>
 *   <li>Vert.x drops the connection if a frame cannot be decoded or inflated. This handler reports it to the link, and
 *       the link answers and closes. Bytes that the peer sends afterwards are read and dropped.
 *   <li>The splitter passes every reserved bit, because compression uses one.
 *   <li>Vert.x accepts close statuses without an upper bound, and reasons that end within a character.
 *   <li>Vert.x answers every ping. This handler keeps only the last one while the socket takes no bytes.
 *   <li>Vert.x answers a close frame before the owner can answer the messages that came with it. This handler passes it
 *       on one turn of the event loop later.
 * </ul>
 *
 * <p>Thread: the event loop of the connection.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

    /** Receives the findings of the guard, each at most once. */
    interface Owner {

        /**
         * Reports a message over the maximum.
         *
         * @param isBlind whether the peer's close frame cannot be found any more
         */
        void tooLarge(boolean isBlind);

        /** Reports bytes that break the protocol. */
        void violation(int status, String reason);
    }

    private final Owner owner;
    private boolean dropping;
    private boolean blind;
    private @Nullable PingWebSocketFrame lastPing;

    FrameGuard(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FrameSplitter.Fault fault) {
            take(fault);
        } else if (!(message instanceof WebSocketFrame frame)) {
            ctx.fireChannelRead(message);
        } else if (dropping && (blind || !(frame instanceof CloseWebSocketFrame))) {
            frame.release();
        } else if (frame.rsv() != 0) {
            frame.release();
            violation(CloseStatus.PROTOCOL_ERROR, "reserved bit set");
        } else if (frame instanceof PingWebSocketFrame ping && !ctx.channel().isWritable()) {
            forgetPing();
            lastPing = ping;
        } else if (frame instanceof CloseWebSocketFrame) {
            close(ctx, frame);
        } else {
            ctx.fireChannelRead(frame);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        if (ctx.channel().isWritable() && lastPing != null) {
            PingWebSocketFrame ping = lastPing;
            lastPing = null;
            passLate(ctx, ping);
        }
    }

    private void close(ChannelHandlerContext ctx, WebSocketFrame frame) {
        byte[] body = ByteBufUtil.getBytes(frame.content());
        int violation = CloseBody.violation(body, 0, body.length);
        if (violation != 0) {
            frame.release();
            violation(violation, CloseBody.ILL_FORMED);
        } else {
            dropping = true;
            blind = true;
            ctx.executor().execute(() -> passLate(ctx, frame));
        }
    }

    /** Passes a frame on with a read event of its own, because Vert.x flushes its answer only at the end of a read. */
    private static void passLate(ChannelHandlerContext ctx, WebSocketFrame frame) {
        ctx.fireChannelRead(frame);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof CodecException) || cause.getCause() instanceof SSLException) {
            ctx.fireExceptionCaught(cause);
        } else if (dropping) {
            return;
        } else if (cause instanceof DecompressionException && cause.getCause() == null) {
            tooLarge(false);
        } else {
            violation(CloseStatus.INVALID_PAYLOAD, "not compressed as agreed");
        }
    }

    private void take(FrameSplitter.Fault fault) {
        if (dropping) {
            return;
        }
        if (fault.reason() == null) {
            tooLarge(true);
        } else {
            violation(CloseStatus.PROTOCOL_ERROR, fault.reason());
        }
    }

    private void tooLarge(boolean isBlind) {
        dropping = true;
        blind = isBlind;
        owner.tooLarge(isBlind);
    }

    private void violation(int status, String reason) {
        dropping = true;
        blind = true;
        owner.violation(status, reason);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forgetPing();
    }

    private void forgetPing() {
        if (lastPing != null) {
            lastPing.release();
            lastPing = null;
        }
    }
}
