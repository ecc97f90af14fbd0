package dev.tessera.impl.gateway.eventbus;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandAddress;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.CommandTexts;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.LocalStores;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Answers the commands that other verticles send to {@value #ADDRESS}: a {@link Buffer} or a String with the protocol's
 * JSON, whose answer is of the same type, and empty where the command is silent. In a cluster each node has an address
 * of its own as well, where clients in other processes send batches.
 *
 * <p>There is one for a server. The event bus would spread messages over several consumers, and commands of one sender
 * on one token would overtake one another. What comes in one turn of the event loop leaves in one batch for each store.
 */
public final class CommandAddressVerticle extends VerticleBase {

    /** The event-bus address. */
    public static final String ADDRESS = CommandAddress.ANY;

    /** As many senders as these may have as many unanswered commands as a connection. */
    public static final int SENDERS = 16;

    private static final String REPLY_ADDRESS = "tessera.gateway.commands";

    private final LocalStores stores;
    private final int inFlightMax;
    /** The address that this node has for itself; null where the server runs alone. */
    private final String nodeAddress;

    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private Dispatcher dispatcher;
    private CommandIntake intake;
    private Promise<Void> answered;
    private int inFlight;

    /**
     * A verticle that is not yet deployed.
     *
     * @param inFlightMaxOfSender how many unanswered commands one sender may have
     * @param nodeName the server's name in its cluster; null where it runs alone
     */
    public CommandAddressVerticle(LocalStores stores, int inFlightMaxOfSender, String nodeName) {
        this.stores = stores;
        this.nodeAddress = nodeName == null ? null : CommandAddress.ofNode(nodeName);
        this.inFlightMax = (int) Math.min((long) inFlightMaxOfSender * SENDERS, Integer.MAX_VALUE);
    }

    @Override
    public Future<?> start() {
        dispatcher = stores.dispatcher(vertx, REPLY_ADDRESS);
        intake = stores.intake(dispatcher);
        return dispatcher
                .open()
                .compose(opened -> nodeAddress == null ? Future.succeededFuture() : receive(nodeAddress))
                .compose(own -> receive(ADDRESS));
    }

    private Future<Void> receive(String address) {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(address);
        consumers.add(consumer);
        consumer.handler(this::onMessage);
        return consumer.completion();
    }

    @Override
    public Future<?> stop() {
        return dispatcher.close();
    }

    /**
     * Takes no more commands and answers those that it has taken. May be called from any thread.
     *
     * @return done when all are answered, or {@code timeoutMs} have passed
     */
    public Future<Void> drain(long timeoutMs) {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(now -> {
            answered = Promise.promise();
            Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                    .compose(unregistered -> {
                        completeDrain();
                        return answered.future();
                    })
                    .timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .onComplete(drained);
        });
        return drained.future();
    }

    /**
     * Fails where a command is not answered though nobody waits for anything; for tests. May be called from any thread.
     */
    public Future<Void> checkAtRest() {
        Promise<Void> checked = Promise.promise();
        context.runOnContext(now -> {
            try {
                dispatcher.checkAtRest();
                if (inFlight != 0) {
                    throw new IllegalStateException(inFlight + " commands of the event bus are not answered");
                }
                checked.complete();
            } catch (IllegalStateException e) {
                checked.fail(e);
            }
        });
        return checked.future();
    }

    private void onMessage(Message<Object> message) {
        String kind = message.headers().get(CommandAddress.KIND);
        if (kind == null) {
            onCommand(message);
        } else if (kind.equals(CommandAddress.WHICH) && nodeAddress != null) {
            message.reply(nodeAddress);
        } else if (kind.equals(CommandAddress.BATCH) && message.body() instanceof Buffer batch) {
            onBatch(message, batch);
        } else {
            message.fail(Status.PAYLOAD_INVALID.code(), "there is no such kind of message");
        }
    }

    private void onBatch(Message<Object> message, Buffer batch) {
        byte[][] texts;
        try {
            texts = CommandTexts.of(batch);
        } catch (IndexOutOfBoundsException e) {
            message.fail(Status.PAYLOAD_INVALID.code(), "the batch is damaged: " + e.getMessage());
            return;
        }
        if (texts.length == 0) {
            message.reply(batch);
            return;
        }
        PendingBatchReply reply = new PendingBatchReply(this, message, texts.length);
        for (int i = 0; i < texts.length; i++) {
            inFlight++;
            submit(texts[i], reply, i);
        }
    }

    private void onCommand(Message<Object> message) {
        Object body = message.body();
        PendingReply reply = new PendingReply(this, message, body instanceof Buffer);
        inFlight++;
        if (body instanceof Buffer buffer) {
            submit(buffer.getBytes(), reply, 0);
        } else if (body instanceof String string) {
            submit(CommandIntake.utf8(string), reply, 0);
        } else {
            intake.refuse(Status.PAYLOAD_INVALID, "a message must be a Buffer or a String", reply, 0);
        }
    }

    private void submit(byte[] text, ReplySink reply, long slot) {
        if (inFlight > inFlightMax) {
            intake.refuseForNow(
                    text,
                    new Fault(
                            Status.LIMIT_EXCEEDED,
                            "more than " + inFlightMax
                                    + " commands of this event bus wait for their answers; send it again when some are answered"),
                    reply,
                    slot);
            return;
        }
        intake.submit(text, reply, slot);
        dispatcher.flushAtTurnEnd();
    }

    void onAnswered() {
        inFlight--;
        completeDrain();
    }

    private void completeDrain() {
        if (answered != null && inFlight == 0) {
            answered.tryComplete();
        }
    }
}
