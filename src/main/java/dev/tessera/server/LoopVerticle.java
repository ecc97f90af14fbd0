package dev.tessera.server;

import dev.tessera.impl.gateway.GatewayVerticle;
import dev.tessera.impl.management.StallWatch;
import dev.tessera.impl.store.StoreVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of one event loop: a gateway, and the stores that the backend puts beside it. They are verticles of their
 * own, but they share a loop, so that a command for a session of this loop needs no other thread. Vert.x has no public
 * API to choose a loop, so this verticle starts them on its own context.
 */
final class LoopVerticle extends VerticleBase {

    private final ServerContext server;
    private final List<StoreVerticle> stores;
    private final GatewayVerticle gateway;
    private final StallWatch.Loop pulse;

    LoopVerticle(int number, ServerContext server) {
        this.server = server;
        this.pulse = server.stalls().watch("event loop " + number);
        this.stores = server.backend().storesOfLoop(number);
        this.gateway = new GatewayVerticle(
                server.vertx(),
                server.gateways(),
                server.stores().dispatcher(server.vertx(), GatewayVerticle.address(number)));
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        stores.forEach(store -> store.init(vertx, context));
        gateway.init(vertx, context);
    }

    /** Starts the stores. The gateway waits until all loops have theirs (see {@link #listen}). */
    @Override
    public Future<?> start() throws Exception {
        vertx.setPeriodic(StallWatch.INTERVAL_MS, timer -> pulse.beat());
        List<Future<?>> started = new ArrayList<>();
        for (StoreVerticle store : stores) {
            started.add(store.start());
        }
        return Future.all(started);
    }

    /** Lets clients connect. May be called from any thread. */
    Future<Void> listen() {
        return onLoop(() -> gateway.start()
                .onSuccess(listening -> server.port().bound(gateway.actualPort()))
                .mapEmpty());
    }

    /** Refuses new clients, and sends the replies in flight to the others. May be called from any thread. */
    Future<Void> drain(long timeoutMs) {
        return onLoop(() -> gateway.drain(timeoutMs));
    }

    /** Fails if this loop contradicts itself or owes a reply; for tests. May be called from any thread. */
    Future<Void> checkAtRest() {
        return onLoop(() -> {
            stores.forEach(StoreVerticle::checkAtRest);
            gateway.checkAtRest();
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<?> stop() throws Exception {
        pulse.end();
        List<Future<?>> stopped = new ArrayList<>();
        stopped.add(gateway.stop());
        for (StoreVerticle store : stores) {
            stopped.add(store.stop());
        }
        return Future.all(stopped);
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
