package dev.tessera.impl.routing;

import io.vertx.core.Vertx;

/** The factory of the dispatchers' links to the stores. Thread-safe. */
@FunctionalInterface
public interface StoreLinks {

    /** Returns a link that is not open yet. */
    StoreLink link(Vertx vertx);

    /** Returns the factory of links to stores in this process. */
    static StoreLinks local() {
        return vertx -> new BatchBus(vertx.eventBus()).link();
    }
}
