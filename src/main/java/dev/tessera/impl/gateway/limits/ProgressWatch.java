package dev.tessera.impl.gateway.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection. It counts the bytes that the peer sends and takes, and closes an HTTP connection
 * that makes no progress for a timeout.
 *
 * <p>Netty's {@code IdleStateHandler} counts whole writes, so it closes a connection in the middle of a long response
 * that the peer takes slowly. It also takes every byte for progress, so a request that drips in never ends. Here,
 * progress is one of these:
 *
 * <ul>
 *   <li>the socket has taken bytes of a response;
 *   <li>{@value GatewayLimits#PROGRESS_BYTES_MIN} bytes have come;
 *   <li>the first bytes have come after progress, because a small request may be all that the client has to send.
 * </ul>
 *
 * <p>A client that waits for an answer is not silent, however long the server works.
 *
 * <p>Thread: the event loop of the connection.
 */
public final class ProgressWatch extends ChannelDuplexHandler {

    /** How many checks fit into a timeout. */
    private static final int CHECKS = 3;

    private final long timeoutMs;
    private long writtenBytes;
    private long takenBytes;
    /** The bytes that have come since the last progress. */
    private long freshBytes;

    private boolean hasBegun;
    private int quietChecks;
    private @Nullable ScheduledFuture<?> timer;
    private BooleanSupplier clientWaits = () -> false;

    /**
     * Creates a watch.
     *
     * @param timeoutMs 0 never closes the connection
     */
    public ProgressWatch(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (timeoutMs > 0) {
            timer = ctx.executor()
                    .scheduleWithFixedDelay(() -> check(ctx), interval(), interval(), TimeUnit.MILLISECONDS);
        }
    }

    private long interval() {
        return Math.max(1, timeoutMs / CHECKS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** Counts no silence while the client waits for the server. Thread: the event loop of the connection. */
    public void pauseWhile(BooleanSupplier waits) {
        clientWaits = waits;
    }

    /** Closes the connection no more, and goes on counting. */
    public void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            freshBytes += bytes.readableBytes();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            writtenBytes += bytes.readableBytes();
        }
        ctx.write(message, promise);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the end
    private void check(ChannelHandlerContext ctx) {
        long taken = takenBytes(ctx.channel());
        if (taken > takenBytes || freshBytes >= GatewayLimits.PROGRESS_BYTES_MIN) {
            takenBytes = taken;
            progress(false);
        } else if (freshBytes > 0 && !hasBegun) {
            progress(true);
        } else if (clientWaits.getAsBoolean()) {
            quietChecks = 0;
        } else if (++quietChecks >= CHECKS) {
            stop();
            ctx.close();
        }
    }

    private void progress(boolean begun) {
        hasBegun = begun;
        freshBytes = 0;
        quietChecks = 0;
    }

    /** Returns how many bytes the socket has taken. The number may lag behind while many buffers wait. */
    public long takenBytes(Channel channel) {
        return writtenBytes - waitingBytes(channel);
    }

    /** Returns how many written bytes the socket has not taken. Netty adds about 100 for each buffer that waits. */
    public static long waitingBytes(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
