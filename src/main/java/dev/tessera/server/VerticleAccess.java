package dev.tessera.server;

import dev.tessera.impl.gateway.eventbus.CommandAddressVerticle;
import dev.tessera.impl.routing.LocalStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The access of other verticles in the same Vert.x: the event-bus address for commands, and the announcement that
 * clients look for. Thread-safe.
 */
final class VerticleAccess {

    private final Vertx vertx;
    private final LocalStores stores;
    private final CommandAddressVerticle commands;
    private final String deploymentId;

    private VerticleAccess(Vertx vertx, LocalStores stores, CommandAddressVerticle commands, String deploymentId) {
        this.vertx = vertx;
        this.stores = stores;
        this.commands = commands;
        this.deploymentId = deploymentId;
    }

    /** Opens the access to a server whose stores have started. */
    static Future<VerticleAccess> open(ServerContext server) {
        LocalStores stores = server.stores();
        CommandAddressVerticle commands = new CommandAddressVerticle(
                stores,
                server.options().gateway().limits().inFlightMax(),
                server.backend().nodeName().orElse(null));
        return server.vertx().deployVerticle(commands).map(id -> {
            stores.announce(server.vertx());
            return new VerticleAccess(server.vertx(), stores, commands, id);
        });
    }

    /** Fails if a command is not answered; see {@link CommandAddressVerticle#checkAtRest}. */
    Future<Void> checkAtRest() {
        return commands.checkAtRest();
    }

    /** Refuses new commands, and answers those that were taken within {@code timeoutMs}. */
    Future<Void> drain(long timeoutMs) {
        stores.withdraw(vertx);
        return commands.drain(timeoutMs).eventually(() -> vertx.undeploy(deploymentId));
    }
}
