package dev.tessera.server;

import dev.tessera.impl.gateway.GatewayVerticle;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.store.StoreVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/**
 * One event loop's share of the server: a gateway and a store; in a cluster the partitions lie elsewhere, and there is
 * the gateway alone. They are verticles of their own and could be deployed apart; here they share a loop, so that a
 * command for a session that lives here needs no other thread. Choosing a loop is not public API of Vert.x, so one
 * verticle starts the pair on its own context.
 */
final class LoopVerticle extends VerticleBase {

    private final Loops loops;
    /** Null in a cluster. */
    private StoreVerticle store;

    private GatewayVerticle gateway;

    LoopVerticle(Loops loops) {
        this.loops = loops;
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        int number = loops.nextNumber();
        if (loops.node() == null) {
            store = loops.store(number);
            store.init(vertx, context);
        }
        gateway = new GatewayVerticle(
                number,
                loops.configuration(),
                loops.port().toListenOn(),
                loops.connectionCount(),
                loops.unsentTotal(),
                loops.commands(),
                loops.commandMetrics(),
                loops.stores(),
                new KeyedTokens(loops.secret().bytes()),
                loops.links().link(vertx),
                new BatchBus(vertx.eventBus()));
        gateway.init(vertx, context);
    }

    /** Starts the store; the gateway takes clients when all stores are there (see {@link #listen}). */
    @Override
    public Future<?> start() throws Exception {
        Future<?> started = store == null ? Future.succeededFuture() : store.start();
        return started.onSuccess(done -> loops.add(this));
    }

    /** Lets clients in. May be called from any thread. */
    Future<Void> listen() {
        return onLoop(() -> gateway.start()
                .onSuccess(listening -> loops.port().bound(gateway.actualPort()))
                .mapEmpty());
    }

    /** Sends what is owed to clients and lets none in any more. May be called from any thread. */
    Future<Void> drain(long timeoutMs) {
        return onLoop(() -> gateway.drain(timeoutMs));
    }

    /** Fails where the loop's share contradicts itself or owes something; for tests. May be called from any thread. */
    Future<Void> checkAtRest() {
        return onLoop(() -> {
            if (store != null) {
                store.checkAtRest();
            }
            gateway.checkAtRest();
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<?> stop() throws Exception {
        return store == null ? gateway.stop() : Future.all(gateway.stop(), store.stop());
    }

    /** An action that may throw and ends later. */
    private interface Action {
        Future<Void> run() throws Exception;
    }

    private Future<Void> onLoop(Action action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            try {
                action.run().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }
}
