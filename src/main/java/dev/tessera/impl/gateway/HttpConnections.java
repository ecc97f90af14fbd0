package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP connections of one gateway, each counted among the clients of the server. Thread: the gateway's event loop.
 */
final class HttpConnections {

    private final ConnectionCount count;
    private final GatewayLimits limits;
    private final UnsentTotal unsentTotal;
    private final Map<HttpConnection, HttpPeer> peers = new HashMap<>();

    HttpConnections(GatewayContext context) {
        this.count = context.connectionCount();
        this.limits = context.options().limits();
        this.unsentTotal = context.unsentTotal();
    }

    /** Counts a connection, unless too many clients are connected. */
    void open(HttpConnection connection) {
        if (count.tryAdd()) {
            peers.put(connection, new HttpPeer(connection, limits, unsentTotal));
            connection.closeHandler(closed -> {
                HttpPeer peer = peers.remove(connection);
                if (peer != null) {
                    peer.closed();
                    count.remove();
                }
            });
        }
    }

    /** Returns the state of a connection; null if the connection exceeds the bound. */
    @Nullable
    HttpPeer peer(HttpConnection connection) {
        return peers.get(connection);
    }

    /** Throws if a connection still owes a reply although every request was answered; for tests. */
    void checkAtRest() {
        peers.values().forEach(HttpPeer::checkAtRest);
    }

    /** Forgets a connection that has become a WebSocket; {@link WebSocketConnections} takes it off the count. */
    void upgraded(HttpConnection connection) {
        peers.remove(connection);
    }
}
