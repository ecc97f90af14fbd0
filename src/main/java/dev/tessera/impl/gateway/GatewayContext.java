package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.routing.LocalStores;

/**
 * Everything that the gateways of one server share. Immutable; its parts are thread-safe.
 *
 * @param options how gateways serve clients
 * @param stores the stores that execute the commands
 * @param listenPort the port, as {@link io.vertx.core.http.HttpServer#listen(int, String)} takes it
 * @param connectionCount counts the clients of all gateways
 * @param unsentTotal counts the replies that clients have not taken
 * @param incomingTotal counts the messages that are not finished or not answered
 */
public record GatewayContext(
        GatewayOptions options,
        LocalStores stores,
        int listenPort,
        ConnectionCount connectionCount,
        UnsentTotal unsentTotal,
        IncomingTotal incomingTotal) {

    /** Returns the context of gateways that have no clients yet. */
    public static GatewayContext of(GatewayOptions options, LocalStores stores, int listenPort) {
        return new GatewayContext(
                options,
                stores,
                listenPort,
                new ConnectionCount(
                        Descriptors.connectionsMax(options.connectionsMax()), options.connectionsPerAddressMax()),
                UnsentTotal.ofMax(options.limits().unsentTotalBytesMax()),
                IncomingTotal.ofMax(
                        options.limits().incomingTotalBytesMax(),
                        options.limits().payloadBytesMax()));
    }
}
