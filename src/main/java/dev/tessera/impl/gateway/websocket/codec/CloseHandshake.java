package dev.tessera.impl.gateway.websocket.codec;

import dev.tessera.impl.gateway.websocket.LingeringClose;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection by the protocol: sends our one close frame, starts a timer, and closes the connection when
 * the frame has left.
 *
 * <p>Thread: the event loop of the connection.
 */
final class CloseHandshake {

    private final LingeringClose lingeringClose;
    private final ChannelHandlerContext ctx;
    private final Outbound outbound;
    private int status;
    private String reason = "";
    private boolean isBlind;
    private @Nullable ChannelFuture sent;

    CloseHandshake(long closeTimeoutMs, ChannelHandlerContext ctx, Outbound outbound) {
        this.lingeringClose = new LingeringClose(closeTimeoutMs);
        this.ctx = ctx;
        this.outbound = outbound;
    }

    /**
     * Sets the content of the close frame.
     *
     * @param blind whether the peer's bytes cannot be understood, so that its close frame cannot be found
     */
    void prepare(int closeStatus, String closeReason, boolean blind) {
        status = closeStatus;
        reason = closeReason;
        isBlind = blind;
    }

    /** Sends the written messages and the close frame. */
    void send() {
        byte[] body = CloseBody.encode(status, reason);
        outbound.control(FrameHeader.CLOSE, body, 0, body.length);
        sent = outbound.flushLast();
        lingeringClose.start(ctx.channel());
    }

    /**
     * Closes the connection as soon as our close frame has left. If the peer's close frame cannot be found, closes only
     * our side.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the end
    void closeWhenSent() {
        Objects.requireNonNull(sent, "send() comes first").addListener(done -> {
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

    /** Stops the timer, because the connection has ended. */
    void cancel() {
        lingeringClose.cancel();
    }
}
