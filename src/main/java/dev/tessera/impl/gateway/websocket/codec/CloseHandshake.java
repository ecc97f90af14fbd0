package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.websocket.LingeringClose;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/**
 * The close frame that we send, once, and what follows it: a timer, and the end of the connection when the frame has
 * left.
 *
 * <p>Thread: the event loop of the connection.
 */
final class CloseHandshake {

    private final LingeringClose linger;
    private final ChannelHandlerContext ctx;
    private final Outbound outbound;
    private int status;
    private String reason;
    private boolean isBlind;
    private ChannelFuture sent;

    CloseHandshake(long closeTimeoutMs, ChannelHandlerContext ctx, Outbound outbound) {
        this.linger = new LingeringClose(closeTimeoutMs);
        this.ctx = ctx;
        this.outbound = outbound;
    }

    /**
     * Remembers why the connection ends.
     *
     * @param blind whether what the peer sends cannot be understood, so that its close frame will not be found
     */
    void prepare(int closeStatus, String closeReason, boolean blind) {
        status = closeStatus;
        reason = closeReason;
        isBlind = blind;
    }

    /** Sends what was written, and the close frame. */
    void send() {
        byte[] body = CloseBody.encode(status, reason);
        outbound.control(FrameHeader.CLOSE, body, 0, body.length);
        sent = outbound.flushLast();
        linger.start(ctx.channel());
    }

    /**
     * Nothing is to be waited for but that our frame leaves: then the connection closes, or, in blindness, our side of
     * it.
     */
    void leave() {
        sent.addListener(done -> {
            if (isBlind) {
                LingeringClose.shutOutput(ctx.channel());
            } else {
                ctx.close();
            }
        });
    }

    void setBlind(boolean blind) {
        isBlind = blind;
    }

    /** The connection has ended. */
    void cancel() {
        linger.cancel();
    }
}
