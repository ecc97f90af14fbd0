package dev.tessera.impl.gateway.websocket.vertx;

import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.codec.CloseBody;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import javax.net.ssl.SSLException;

/**
 * Stands between Netty's frame decoder and Vert.x's WebSocket, and does what Vert.x does not:
 *
 * <ul>
 *   <li>Vert.x drops the connection when a frame cannot be decoded; this handler tells the link, which answers and
 *       closes. What the peer goes on sending is read and dropped.
 *   <li>With compression allowed Netty passes every reserved bit. It knows no upper bound of close statuses, and lets a
 *       reason end within a character.
 *   <li>Vert.x answers every ping; this handler keeps only the last one while the socket takes no bytes.
 *   <li>Vert.x answers a close frame before the messages that came with it can be answered; this handler passes it on a
 *       turn of the event loop later.
 * </ul>
 *
 * <p>Thread: the event loop of the connection.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

    /** What the guard tells; each at most once. */
    interface Owner {

        /** @param isBlind whether the peer's close frame will not be found any more */
        void tooLarge(boolean isBlind);

        void violation(int status, String reason);
    }

    private final Owner owner;
    private boolean dropping;
    private boolean blind;
    private PingWebSocketFrame lastPing;

    FrameGuard(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
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
        int wrong = CloseBody.violation(body, 0, body.length);
        if (wrong != 0) {
            frame.release();
            violation(wrong, "close frame not well formed");
        } else {
            dropping = true;
            blind = true;
            ctx.executor().execute(() -> passLate(ctx, frame));
        }
    }

    /** Vert.x flushes its answer only at the end of the read. */
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
        } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            if (corrupted.closeStatus().code() == CloseStatus.MESSAGE_TOO_BIG) {
                tooLarge(true);
            } else {
                violation(corrupted.closeStatus().code(), "not a WebSocket frame");
            }
        } else if (cause instanceof DecompressionException && cause.getCause() == null) {
            tooLarge(false);
        } else {
            violation(CloseStatus.INVALID_PAYLOAD, "not compressed as agreed");
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
