package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.eventbus.CommandAddressVerticle;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.LocalStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * What other verticles of the same Vert.x use: the address for commands, and the announcement that clients look for.
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

    /** Opens it for loops whose stores have started. */
    static Future<VerticleAccess> open(Vertx vertx, Loops loops) {
        var configuration = loops.configuration();
        LocalStores stores = new LocalStores(
                loops.commands(),
                loops.stores(),
                loops.links(),
                () -> new KeyedTokens(loops.secret().bytes()),
                configuration.get(Settings.MAX_DEPTH),
                configuration.get(Settings.MAX_PAYLOAD_BYTES),
                configuration.get(Settings.MAX_REPLY_BYTES),
                loops.commandMetrics());
        CommandAddressVerticle commands = new CommandAddressVerticle(
                stores,
                configuration.get(Settings.MAX_IN_FLIGHT),
                loops.node() == null ? null : loops.node().name());
        return vertx.deployVerticle(commands).map(id -> {
            stores.announce(vertx);
            return new VerticleAccess(vertx, stores, commands, id);
        });
    }

    /** See {@link CommandAddressVerticle#checkAtRest}. */
    Future<Void> checkAtRest() {
        return commands.checkAtRest();
    }

    /** Takes no more commands, and answers those that were taken, within {@code timeoutMs}. */
    Future<Void> drain(long timeoutMs) {
        stores.withdraw(vertx);
        return commands.drain(timeoutMs).eventually(() -> vertx.undeploy(deploymentId));
    }
}
