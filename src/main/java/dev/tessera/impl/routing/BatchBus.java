package dev.tessera.impl.routing;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * The event bus as batches use it: one-way sends by reference. A reply is a send of its own to the dispatcher's
 * address, because a request with a reply handler and a timer costs several times as much.
 */
public final class BatchBus {

    private final EventBus bus;

    /** Batches on this event bus. */
    public BatchBus(EventBus bus) {
        this.bus = bus;
    }

    /** Makes an event bus carry batches; to be called before anything else here, and again does nothing. */
    public static void prepare(EventBus bus) {
        LocalCodec.register(bus);
    }

    /** The way of a dispatcher to the stores that receive on this event bus; replies come to {@code address}. */
    public StoreLink link(String address) {
        return new StoreLink() {
            private MessageConsumer<ReplyBatch> consumer;

            @Override
            public Future<Void> open(ReplyReceiver receiver) {
                return BatchBus.this
                        .<ReplyBatch>receive(address, replies -> {
                            receiver.replies(replies);
                            receiver.repliesEnd();
                        })
                        .onSuccess(opened -> consumer = opened)
                        .mapEmpty();
            }

            @Override
            public void send(int store, CommandBatch batch) {
                bus.send(StoreMap.address(store), batch, LocalCodec.BY_REFERENCE);
            }

            @Override
            public Future<Void> close() {
                return consumer == null ? Future.succeededFuture() : consumer.unregister();
            }
        };
    }

    /** Sends calls to the node. */
    void send(NodeBatch calls) {
        bus.send(NodeBatch.ADDRESS, calls, LocalCodec.BY_REFERENCE);
    }

    /** Sends an answer to the dispatcher that has called. */
    public void reply(NodeCall call, NodeReply reply) {
        bus.send(call.replyAddress(), reply, LocalCodec.BY_REFERENCE);
    }

    /** Sends replies to the dispatcher that sent the requests. */
    public void reply(CommandBatch batch, ReplyBatch replies) {
        bus.send(batch.replyAddress(), replies, LocalCodec.BY_REFERENCE);
    }

    /**
     * Receives batches on the context of the caller.
     *
     * @return done when batches sent to the address arrive
     */
    public <T> Future<MessageConsumer<T>> receive(String address, Handler<T> handler) {
        MessageConsumer<T> consumer = bus.localConsumer(address);
        consumer.handler(message -> handler.handle(message.body()));
        return consumer.completion().map(consumer);
    }
}
