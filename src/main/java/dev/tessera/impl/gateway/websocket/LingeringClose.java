package dev.tessera.impl.gateway.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that has sent its close frame and still reads, so that the peer gets the frame and not a TCP
 * reset: a timer that bounds it, and the ways to end it. Both frame codes use it.
 *
 * <p>Thread: the event loop of the connection.
 */
public final class LingeringClose {

    private final long timeoutMs;
    private ScheduledFuture<?> timer;

    public LingeringClose(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** Drops the connection when the time has passed; the first call counts. */
    public void start(Channel channel) {
        if (timer == null) {
            timer = channel.eventLoop().schedule(() -> drop(channel), timeoutMs, TimeUnit.MILLISECONDS);
        }
    }

    /** The connection has ended. */
    public void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Shows the peer the end of what we send, and goes on reading. */
    public static void shutOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutSocketOutput(channel);
        } else {
            tls.closeOutbound().addListener(closed -> shutSocketOutput(channel));
        }
    }

    private static void shutSocketOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
        }
    }

    /**
     * Drops the connection and all that is unsent, without TLS's farewell, which would wait for a peer that does not
     * read.
     */
    public static void drop(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }
}
