package dev.tessera.impl.routing;

import io.vertx.core.Vertx;

/** Gives each dispatcher its way to the stores. Thread-safe. */
@FunctionalInterface
public interface StoreLinks {

    /**
     * A link that is still closed.
     *
     * @param address the dispatcher's own on the event bus
     */
    StoreLink link(Vertx vertx, String address);

    /** Links to stores in this process. */
    static StoreLinks local() {
        return (vertx, address) -> new BatchBus(vertx.eventBus()).link(address);
    }
}
