package dev.tessera.impl.routing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A codec that passes a message to its consumer by reference, inside one process.
 *
 * @param <T> the type of the messages
 */
final class LocalCodec<T> implements MessageCodec<T, T> {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCodec.class);

    /** Options for sends that stay in the process. */
    static final DeliveryOptions BY_REFERENCE = new DeliveryOptions().setLocalOnly(true);

    private final String name;

    private LocalCodec(String name) {
        this.name = name;
    }

    /** Registers the codecs of batches, unless the event bus has them. */
    static void register(EventBus bus) {
        register(bus, CommandBatch.class, "tessera.commands");
        register(bus, ReplyBatch.class, "tessera.replies");
    }

    private static <T> void register(EventBus bus, Class<T> type, String name) {
        try {
            bus.registerDefaultCodec(type, new LocalCodec<>(name));
        } catch (IllegalStateException e) {
            LOG.debug("The event bus has a codec for {} already", type.getSimpleName(), e);
        }
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        throw new IllegalStateException(name + " does not leave the process");
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        throw new IllegalStateException(name + " does not come from outside the process");
    }
}
