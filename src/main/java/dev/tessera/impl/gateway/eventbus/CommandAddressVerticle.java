package dev.tessera.impl.gateway.eventbus;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandAddress;
import dev.tessera.impl.routing.CommandIntake;
import dev.tessera.impl.routing.CommandTexts;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.LocalStores;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the commands that verticles send to {@value #ADDRESS}. A message is a {@link Buffer} or a String with the
 * protocol's JSON. The reply has the same type, and is empty if the command is silent. In a cluster, each node also has
 * an address of its own, to which clients in other processes send batches.
 *
 * <p>A server deploys one instance. The event bus would spread messages over several consumers, and then commands of
 * one sender on one token could overtake each other. All commands of one turn of the event loop leave in one batch for
 * each store.
 */
public final class CommandAddressVerticle extends VerticleBase {

    /** The event-bus address. */
    public static final String ADDRESS = CommandAddress.ANY;

    /** The address accepts the unanswered commands of this many connections. */
    public static final int SENDERS = 16;

    static final String NOT_TEXT = "a message must be a Buffer or a String";

    private static final String UNKNOWN_KIND = "there is no such kind of message";

    private static final String REPLY_ADDRESS = "tessera.gateway.commands";

    private final LocalStores stores;
    private final int inFlightMax;
    /** The address of this node alone; null for a server without a cluster. */
    private final @Nullable String nodeAddress;

    /** All senders are one client to the queues, because a message does not name its sender. */
    private final Requester requester = new Requester();

    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    /** Null before the start. */
    private @Nullable CommandIntake intake;
    /** Completes when no command is in flight; null before {@link #drain}. */
    private @Nullable Promise<Void> answered;

    private int inFlight;

    /**
     * Creates a verticle that is not deployed yet.
     *
     * @param inFlightMaxOfSender the most unanswered commands of one sender
     * @param nodeName the server's name in its cluster; null for a server without a cluster
     */
    public CommandAddressVerticle(LocalStores stores, int inFlightMaxOfSender, @Nullable String nodeName) {
        this.stores = stores;
        this.nodeAddress = nodeName == null ? null : CommandAddress.ofNode(nodeName);
        this.inFlightMax = (int) Math.min((long) inFlightMaxOfSender * SENDERS, Integer.MAX_VALUE);
    }

    @Override
    public Future<?> start() {
        Dispatcher dispatcher = stores.dispatcher(vertx, REPLY_ADDRESS);
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
        return intake == null ? Future.succeededFuture() : intake.dispatcher().close();
    }

    /**
     * Takes no more commands, and waits for the answers to earlier ones. Any thread may call it.
     *
     * @return completes when all commands are answered, or after {@code timeoutMs}
     */
    public Future<Void> drain(long timeoutMs) {
        Promise<Void> drained = Promise.promise();
        context.runOnContext(now -> {
            Promise<Void> rest = Promise.promise();
            answered = rest;
            Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                    .compose(unregistered -> {
                        completeDrain();
                        return rest.future();
                    })
                    .timeout(Math.max(1, timeoutMs), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .onComplete(drained);
        });
        return drained.future();
    }

    /** Fails if a command is unanswered; for tests, after all senders have their replies. Any thread may call it. */
    public Future<Void> checkAtRest() {
        Promise<Void> checked = Promise.promise();
        context.runOnContext(now -> {
            try {
                started().dispatcher().checkAtRest();
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

    /** The message of a command beyond the limit. */
    static String tooManyInFlight(int inFlightMax) {
        return "more than " + inFlightMax
                + " commands of this event bus wait for their answers; send it again when some are answered";
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
            message.fail(Status.PAYLOAD_INVALID.code(), UNKNOWN_KIND);
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
            started().refuse(Status.PAYLOAD_INVALID, NOT_TEXT, reply, 0);
        }
    }

    private void submit(byte[] text, ReplySink reply, long slot) {
        if (inFlight > inFlightMax) {
            started().refuseForNow(text, new Fault(Status.LIMIT_EXCEEDED, tooManyInFlight(inFlightMax)), reply, slot);
            return;
        }
        CommandIntake commands = started();
        commands.submit(text, reply, slot);
        commands.dispatcher().flushAtTurnEnd();
    }

    private CommandIntake started() {
        return Objects.requireNonNull(intake);
    }

    Requester requester() {
        return requester;
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
