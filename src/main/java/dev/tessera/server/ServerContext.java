package dev.tessera.server;

import dev.tessera.impl.gateway.GatewayContext;
import dev.tessera.impl.management.StallWatch;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.LocalStores;
import dev.tessera.impl.server.ServerOptions;
import io.vertx.core.Vertx;
import java.time.Clock;

/**
 * Everything that the parts of one server share. Immutable; its parts are thread-safe.
 *
 * @param vertx runs the server
 * @param options the options of the server
 * @param backend keeps the sessions
 * @param secret derives the tokens of shared sessions
 * @param wall the wall clock
 * @param stalls watches the event loops
 * @param commandMetrics counts the commands of clients
 * @param port the port that all event loops listen on
 * @param gateways the context of all gateways
 */
record ServerContext(
        Vertx vertx,
        ServerOptions options,
        Backend backend,
        SharedSecret secret,
        Clock wall,
        StallWatch stalls,
        CommandMetrics commandMetrics,
        SharedPort port,
        GatewayContext gateways) {

    /** Returns the context of a server whose backend is open. */
    static ServerContext of(
            Vertx vertx, ServerOptions options, Backend backend, SharedSecret secret, Clock wall, StallWatch stalls) {
        CommandMetrics metrics = new CommandMetrics(backend.commands());
        SharedPort port = new SharedPort(options.clients().port());
        LocalStores stores = new LocalStores(
                backend.commands(),
                backend.stores(),
                backend.links(),
                () -> new KeyedTokens(secret.bytes()),
                options.gateway().limits().depthMax(),
                options.gateway().limits().payloadBytesMax(),
                options.stores().store().replyBytesMax(),
                metrics);
        return new ServerContext(
                vertx,
                options,
                backend,
                secret,
                wall,
                stalls,
                metrics,
                port,
                GatewayContext.of(options.gateway(), stores, port.toListenOn()));
    }

    /** Returns the stores as senders of commands see them. */
    LocalStores stores() {
        return gateways.stores();
    }
}
