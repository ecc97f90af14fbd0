package dev.tessera.impl.gateway.websocket;

import dev.tessera.impl.gateway.limits.ProgressWatch;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that has sent its close frame and still reads. Because it reads on, the peer gets the frame
 * and not a TCP reset. A timer bounds the wait; it begins again while the peer takes bytes. Both frame codes use this
 * class.
 *
 * <p>Thread: the event loop of the connection.
 */
public final class LingeringClose {

    private final long timeoutMs;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Creates the end of one connection.
     *
     * @param timeoutMs the time after which the connection is dropped
     */
    public LingeringClose(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** Starts the timer that drops the connection. Later calls do nothing. */
    public void start(Channel channel) {
        if (timer == null) {
            plan(channel, ProgressWatch.waitingBytes(channel));
        }
    }

    private void plan(Channel channel, long waitingBefore) {
        timer = channel.eventLoop()
                .schedule(
                        () -> {
                            long waiting = ProgressWatch.waitingBytes(channel);
                            if (waiting < waitingBefore) {
                                plan(channel, waiting);
                            } else {
                                drop(channel);
                            }
                        },
                        timeoutMs,
                        TimeUnit.MILLISECONDS);
    }

    /** Stops the timer, because the connection has ended. */
    public void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Ends our side of the connection, and goes on reading. */
    public static void shutOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutSocketOutput(channel);
        } else {
            tls.closeOutbound().addListener(closed -> shutSocketOutput(channel));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the timer drops a connection that goes on
    private static void shutSocketOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
        }
    }

    /**
     * Drops the connection and all unsent bytes. It skips TLS's closing alert, because that would wait for a peer that
     * does not read.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the end
    public static void drop(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }
}
