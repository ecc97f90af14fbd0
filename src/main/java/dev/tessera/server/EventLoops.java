package dev.tessera.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The event loops of one server, each with a {@link LoopVerticle}. Thread-safe. */
final class EventLoops {

    private final Vertx vertx;
    private final List<LoopVerticle> loops;
    private final String deploymentId;

    private EventLoops(Vertx vertx, List<LoopVerticle> loops, String deploymentId) {
        this.vertx = vertx;
        this.loops = loops;
        this.deploymentId = deploymentId;
    }

    /** Starts the stores; clients cannot connect before {@link #listen}. */
    static Future<EventLoops> deploy(ServerContext server) {
        List<LoopVerticle> loops = IntStream.range(0, server.options().eventLoops())
                .mapToObj(number -> new LoopVerticle(number, server))
                .toList();
        Iterator<LoopVerticle> next = loops.iterator();
        return server.vertx()
                .deployVerticle(next::next, new DeploymentOptions().setInstances(loops.size()))
                .map(id -> new EventLoops(server.vertx(), loops, id));
    }

    /** Lets clients connect. */
    Future<Void> listen() {
        return all(LoopVerticle::listen);
    }

    /** Refuses new clients, and sends the replies in flight to the others within {@code timeoutMs}. */
    Future<Void> drain(long timeoutMs) {
        return all(loop -> loop.drain(timeoutMs));
    }

    /** Fails if a loop contradicts itself or owes a reply; for tests. */
    Future<Void> checkAtRest() {
        return all(LoopVerticle::checkAtRest);
    }

    /** Stops the gateways and the stores. */
    Future<Void> undeploy() {
        return vertx.undeploy(deploymentId);
    }

    private Future<Void> all(Function<LoopVerticle, Future<Void>> action) {
        return Future.all(loops.stream().map(action).toList()).mapEmpty();
    }
}
