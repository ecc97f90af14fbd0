package dev.tessera.impl.routing;

import io.vertx.core.Future;

/**
 * The connection of one dispatcher to the stores: over the event bus if the stores are in this process, or to the
 * owners of the partitions in a cluster. A store executes batches in the order in which they were sent.
 *
 * <p>Thread: the dispatcher's.
 */
public interface StoreLink {

    /**
     * Begins to receive replies, on the context of the caller. Each request gets exactly one reply, even if its store
     * fails. A reply that a store sends to the dispatcher's event-bus address does not use the receiver.
     */
    Future<Void> open(ReplyReceiver receiver);

    /** Sends requests to a store. */
    void send(int store, CommandBatch batch);

    /** Stops receiving replies. */
    Future<Void> close();
}
