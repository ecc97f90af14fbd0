package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.DeferredId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The deferred replies that the dispatchers of this node wait for. Thread-safe. */
final class AwaitedReplies {

    private final Map<DeferredId, Consumer<byte[]>> receivers = new ConcurrentHashMap<>();

    /** Adds a receiver; any thread may call it. */
    void await(DeferredId id, Consumer<byte[]> receiver) {
        receivers.put(id, receiver);
    }

    /** Removes a receiver. */
    void forget(DeferredId id) {
        receivers.remove(id);
    }

    /** Hands a reply over, unless nobody waits for it any more. */
    void received(DeferredId id, byte[] reply) {
        Consumer<byte[]> receiver = receivers.remove(id);
        if (receiver != null) {
            receiver.accept(reply);
        }
    }
}
