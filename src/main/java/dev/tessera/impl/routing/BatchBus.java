package dev.tessera.impl.routing;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * The event bus as batches use it: one-way sends by reference. A reply is a separate send to the dispatcher's address,
 * because a request with a reply handler and a timer costs several times as much. Thread-safe.
 */
public final class BatchBus {

    /** The address of the node itself, which executes {@link dev.tessera.impl.command.NodeCommand}s. */
    public static final String NODE_ADDRESS = "tessera.node";

    private final EventBus bus;

    /** Creates a view of this event bus. */
    public BatchBus(EventBus bus) {
        this.bus = bus;
    }

    /** Registers the codecs of batches. The server calls it before anything else here; repeated calls do nothing. */
    public static void prepare(EventBus bus) {
        LocalCodec.register(bus);
    }

    /** Returns a link to the stores that receive on this event bus. They reply to the dispatcher's address. */
    public StoreLink link() {
        return new StoreLink() {
            @Override
            public Future<Void> open(ReplyReceiver receiver) {
                return Future.succeededFuture();
            }

            @Override
            public void send(int store, CommandBatch batch) {
                bus.send(StoreMap.address(store), batch, LocalCodec.BY_REFERENCE);
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
    }

    /** Sends requests to the node itself. */
    void sendToNode(CommandBatch batch) {
        bus.send(NODE_ADDRESS, batch, LocalCodec.BY_REFERENCE);
    }

    /** Sends replies to the dispatcher that sent the requests. */
    public void reply(CommandBatch batch, ReplyBatch replies) {
        int bytes = replies.bytes().length;
        batch.backlog().add(bytes);
        try {
            bus.send(batch.replyAddress(), replies, LocalCodec.BY_REFERENCE);
        } catch (RuntimeException | Error e) {
            batch.backlog().remove(bytes);
            throw e;
        }
    }

    /**
     * Receives batches on the context of the caller.
     *
     * @return completes after the consumer is registered
     */
    public <T> Future<MessageConsumer<T>> receive(String address, Handler<T> handler) {
        MessageConsumer<T> consumer = bus.localConsumer(address);
        consumer.handler(message -> handler.handle(message.body()));
        return consumer.completion().map(consumer);
    }
}
