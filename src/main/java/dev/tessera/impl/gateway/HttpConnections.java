package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.HttpPeer;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * The HTTP connections of one gateway: counts them among the clients of the server from their first request on, and
 * knows what each holds. Thread: the gateway's event loop.
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

    /** Counts a connection, unless there are too many already. */
    void open(HttpConnection connection) {
        if (count.tryAdd()) {
            peers.put(connection, new HttpPeer(connection, limits, unsentTotal));
            connection.closeHandler(closed -> {
                if (peers.remove(connection) != null) {
                    count.remove();
                }
            });
        }
    }

    /** What the connection holds; null where it is one too many. */
    HttpPeer peer(HttpConnection connection) {
        return peers.get(connection);
    }

    /** Throws where anything waits though every request was answered; for tests. */
    void checkAtRest() {
        peers.values().forEach(HttpPeer::checkAtRest);
    }

    /** The connection has become a WebSocket, which is counted on and whose end is told elsewhere. */
    void upgraded(HttpConnection connection) {
        peers.remove(connection);
    }
}
