package dev.tessera.server;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.function.Supplier;

/**
 * The right of one server to run in a Vert.x. The stores and the clients of two servers would have the same addresses
 * on its event bus, so that each would answer for the other.
 *
 * <p>The right lasts as long as the deployment of this verticle. So it also ends if a verticle that has started the
 * server is undeployed, because its sockets and stores end then too. Thread-safe.
 */
final class VertxClaim extends VerticleBase {

    /** Why a second server does not start. */
    static final String TAKEN =
            "this Vert.x runs a Tessera server already, and can run one: use that server, start the "
                    + "other one in a Vert.x of its own, or deploy the verticle that starts it with one instance";

    private static final String MAP = "tessera.server";
    private static final String KEY = "running";

    private final Vertx of;
    private volatile String id = "";
    private volatile Supplier<Future<Void>> atEnd = Future::succeededFuture;

    private VertxClaim(Vertx of) {
        this.of = of;
    }

    /** Takes the right; fails with a {@link StartException} if a server has it. */
    static Future<VertxClaim> take(Vertx vertx) {
        VertxClaim claim = new VertxClaim(vertx);
        return vertx.deployVerticle(claim).map(deployed -> {
            claim.id = deployed;
            return claim;
        });
    }

    @Override
    public Future<?> start() {
        return claims().putIfAbsent(KEY, true) == null
                ? Future.succeededFuture()
                : Future.failedFuture(new StartException(TAKEN, null));
    }

    @Override
    public Future<?> stop() {
        claims().remove(KEY);
        return atEnd.get();
    }

    /** Sets the action that ends the parts of the server which do not end with its verticles. */
    void atEnd(Supplier<Future<Void>> action) {
        atEnd = action;
    }

    /** Returns the right, after the server has stopped. */
    Future<Void> release() {
        return of.undeploy(id);
    }

    private LocalMap<String, Boolean> claims() {
        return of.sharedData().getLocalMap(MAP);
    }
}
