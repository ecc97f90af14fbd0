package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.ConnectionCount.Admission;
import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.ProgressWatch;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.log.LimitedLog;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one gateway. Each counts among the clients of the server from its accept to its close, whatever it
 * sends: nothing, HTTP of any version, or WebSocket frames. Thread: the gateway's event loop.
 */
final class HttpConnections {

    private static final LimitedLog REFUSED = LimitedLog.warn(
            HttpConnections.class,
            "Refusing a connection of {}: {} are open, and " + Settings.MAX_CONNECTIONS.path() + " allows no more");
    private static final LimitedLog REFUSED_ADDRESS = LimitedLog.warn(
            HttpConnections.class,
            "Refusing a connection of {}: this address has as many as " + Settings.MAX_CONNECTIONS_PER_ADDRESS.path()
                    + " allows");
    private static final AttributeKey<Admission> ADMISSION = AttributeKey.valueOf(HttpConnections.class, "admission");

    /** The time in which a refused client must send its request, to learn why it is refused. */
    private static final long REFUSAL_SECONDS = 2;

    private final ConnectionCount count;
    private final long idleTimeoutMs;
    private final GatewayLimits limits;
    private final UnsentTotal unsentTotal;
    private final Map<HttpConnection, HttpPeer> peers = new HashMap<>();

    HttpConnections(GatewayContext context) {
        this.count = context.connectionCount();
        this.idleTimeoutMs = context.options().http().idleTimeoutMs();
        this.limits = context.options().limits();
        this.unsentTotal = context.unsentTotal();
    }

    /** Counts a connection that was just accepted, and returns whether it may stay open for now. Thread-safe. */
    boolean accept(Channel channel) {
        InetAddress address = channel.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
        Admission admission = count.admit(address);
        if (admission == Admission.REFUSED_ADDRESS) {
            REFUSED_ADDRESS.log(channel.remoteAddress());
        } else if (admission != Admission.ADMITTED) {
            REFUSED.log(channel.remoteAddress(), count.get());
        }
        if (admission == Admission.CLOSED) {
            return false;
        }
        channel.attr(ADMISSION).set(admission);
        channel.closeFuture()
                .addListener(closed -> afterNextSelect(channel.eventLoop(), () -> count.leave(admission, address)));
        return true;
    }

    /**
     * Runs a task after the event loop has selected again. Until then, a channel that was closed keeps its descriptor;
     * if another one could take its place, descriptors would run out while many channels close.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the task
    private static void afterNextSelect(EventLoop loop, Runnable task) {
        // The loop selects, reads channels, looks which timers have expired, and runs tasks. A timer that is set by a
        // task expires in the next round.
        loop.execute(() -> loop.schedule(task, 0, TimeUnit.NANOSECONDS));
    }

    /** Bounds the silence of a connection, and the time of one that was accepted only to be refused. */
    @SuppressWarnings("FutureReturnValueIgnored") // the count learns the end from the channel
    void prepare(Channel channel) {
        channel.pipeline().addFirst(new ProgressWatch(idleTimeoutMs));
        if (channel.attr(ADMISSION).get() != Admission.ADMITTED) {
            ScheduledFuture<?> end =
                    channel.eventLoop().schedule(() -> channel.close(), REFUSAL_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(closed -> end.cancel(false));
        }
    }

    /** Begins to serve HTTP on a connection, if it was admitted. */
    void open(HttpConnection connection) {
        if (admission(connection) == Admission.ADMITTED) {
            HttpPeer peer = new HttpPeer(connection, limits, unsentTotal);
            peers.put(connection, peer);
            channel(connection).pipeline().get(ProgressWatch.class).pauseWhile(peer::isWorking);
            connection.closeHandler(closed -> {
                peers.remove(connection);
                peer.closed();
            });
        }
    }

    /** Returns the state of a connection; null if the connection exceeds a bound. */
    @Nullable
    HttpPeer peer(HttpConnection connection) {
        return peers.get(connection);
    }

    /** Returns whether a connection exceeds the bound of its address. */
    static boolean isOverAddressBound(HttpConnection connection) {
        return admission(connection) == Admission.REFUSED_ADDRESS;
    }

    private static @Nullable Admission admission(HttpConnection connection) {
        return channel(connection).attr(ADMISSION).get();
    }

    private static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }

    /** Throws if a connection still owes a reply although every request was answered; for tests. */
    void checkAtRest() {
        peers.values().forEach(HttpPeer::checkAtRest);
    }

    /** Forgets a connection that has become a WebSocket. */
    void upgraded(HttpConnection connection) {
        peers.remove(connection);
    }
}
