package dev.tessera.impl.routing;

import io.vertx.core.Future;

/**
 * The way of one dispatcher to the stores and back: over the event bus where the stores are in this process, or to the
 * owners of the partitions in a cluster. What is sent to one store is executed in that order.
 *
 * <p>Thread: the dispatcher's.
 */
public interface StoreLink {

    /**
     * Begins to receive replies, on the context of the caller. Each request that is sent gets exactly one reply,
     * whatever becomes of the stores.
     */
    Future<Void> open(ReplyReceiver receiver);

    /** Sends requests to a store. */
    void send(int store, CommandBatch batch);

    /** Receives no more. */
    Future<Void> close();
}
