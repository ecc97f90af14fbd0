package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import dev.tessera.impl.event.EventBatch;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/**
 * Brings the events of a cluster to the event bus of one Vert.x. They travel in batches, to those members alone that
 * want any, and not to the event-bus addresses of sessions: to find out who listens there would cost each event a
 * question to another node.
 */
public final class EventSubscriber {

    private static final String TOPIC = "tessera.events";
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    private EventSubscriber() {}

    static ITopic<byte[]> topic(HazelcastInstance hazelcast) {
        return hazelcast.getTopic(TOPIC);
    }

    /**
     * Publishes from now on, to the consumers of a Vert.x alone, what happens to sessions, until the member leaves.
     * Blocks.
     */
    public static void open(HazelcastInstance hazelcast, Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        topic(hazelcast)
                .addMessageListener(message -> context.runOnContext(now -> EventBatch.forEach(
                        message.getMessageObject(),
                        (address, text) -> vertx.eventBus().publish(address, text, HERE))));
    }
}
