package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import dev.tessera.impl.event.EventBatch;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/**
 * The subscription of one Vert.x to the events of a cluster. Events travel in batches through a topic, only to members
 * that subscribe. They do not travel through the event bus, because each event would have to ask another node which
 * members listen at its address.
 */
public final class EventSubscriber {

    private static final String TOPIC = "tessera.events";
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);

    private EventSubscriber() {}

    static ITopic<byte[]> topic(HazelcastInstance hazelcast) {
        return hazelcast.getTopic(TOPIC);
    }

    /**
     * Publishes the events to the consumers of a Vert.x, and to no other, from now on until the member leaves. Blocks.
     */
    public static void open(HazelcastInstance hazelcast, Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        topic(hazelcast)
                .addMessageListener(message -> context.runOnContext(now -> EventBatch.forEach(
                        message.getMessageObject(),
                        (address, text) -> vertx.eventBus().publish(address, text, HERE))));
    }
}
