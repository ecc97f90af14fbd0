package dev.tessera.client;

import dev.tessera.impl.routing.CommandAddress;
import dev.tessera.impl.routing.CommandTexts;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to a node of the cluster that this Vert.x has joined. Any node can execute the calls. The link keeps to one
 * node until that is gone, because calls over several nodes could overtake each other. Then it searches another; calls
 * wait meanwhile.
 */
final class NodeLink implements ServerLink {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLink.class);

    /** The size at which a message is sent, so that no call delays others for long. */
    private static final int MESSAGE_BYTES = 256 * 1024;
    /** The event-bus timeout of a call without a deadline, such as a save. */
    private static final long LONG_TIMEOUT_MS = TimeUnit.DAYS.toMillis(1);
    /** The interval of the checks whether the node of such a call still runs. */
    private static final long WATCH_INTERVAL_MS = 2000;
    /** The time that nodes have to answer a search. */
    private static final long SEARCH_TIMEOUT_MS = 2000;

    private final Vertx vertx;
    private final long timeoutMs;
    /** The calls that are not sent yet, in their order. */
    private List<Call<?>> waiting = new ArrayList<>();

    private int unanswered;
    /** The node's address; null if no node is known. */
    private @Nullable String node;

    private boolean searching;
    private boolean closed;

    /**
     * Creates a link without a node.
     *
     * @param timeoutMs the time that a node has to answer
     */
    NodeLink(Vertx vertx, long timeoutMs) {
        this.vertx = vertx;
        this.timeoutMs = timeoutMs;
    }

    @Override
    public Future<Void> open() {
        return Future.succeededFuture();
    }

    @Override
    public void submit(Call<?> call) {
        waiting.add(call);
    }

    @Override
    public void flush() {
        if (waiting.isEmpty() || closed) {
            return;
        }
        String receiver = node;
        if (receiver == null) {
            search();
            return;
        }
        List<Call<?>> calls = waiting;
        waiting = new ArrayList<>();
        Outgoing next = new Outgoing();
        for (Call<?> call : calls) {
            // A long call has a message of its own, so that it does not delay the answers of others. Those before it go
            // first.
            boolean isLong = !call.hasDeadline();
            if (isLong || next.isFull()) {
                send(receiver, next, timeoutMs);
                next = new Outgoing();
            }
            next.add(call);
            if (isLong) {
                send(receiver, next, LONG_TIMEOUT_MS);
                watch(receiver, call);
                next = new Outgoing();
            }
        }
        send(receiver, next, timeoutMs);
    }

    /** A message that is being filled, with its calls. */
    private static final class Outgoing {

        private final Buffer message = CommandTexts.message();
        private final List<Call<?>> calls = new ArrayList<>();

        void add(Call<?> call) {
            CommandTexts.add(message, call.text());
            calls.add(call);
        }

        boolean isFull() {
            return message.length() >= MESSAGE_BYTES;
        }
    }

    private void search() {
        if (searching) {
            return;
        }
        searching = true;
        vertx.eventBus()
                .<String>request(
                        CommandAddress.ANY,
                        Buffer.buffer(),
                        CommandAddress.options(CommandAddress.WHICH, SEARCH_TIMEOUT_MS))
                .onComplete(found -> {
                    searching = false;
                    if (found.succeeded()) {
                        node = found.result().body();
                        flush();
                    } else {
                        LOG.debug("No node of Tessera answered", found.cause());
                        List<Call<?>> calls = waiting;
                        waiting = new ArrayList<>();
                        fail(calls, Status.UNAVAILABLE, "no node of Tessera answers in this cluster");
                    }
                });
    }

    /** Sends a message, unless it is empty. */
    private void send(String receiver, Outgoing outgoing, long answerTimeoutMs) {
        List<Call<?>> calls = outgoing.calls;
        if (calls.isEmpty()) {
            return;
        }
        unanswered++;
        vertx.eventBus()
                .<Buffer>request(
                        receiver, outgoing.message, CommandAddress.options(CommandAddress.BATCH, answerTimeoutMs))
                .onComplete(reply -> {
                    unanswered--;
                    if (reply.succeeded()) {
                        answer(calls, CommandTexts.of(reply.result().body()));
                    } else {
                        failed(receiver, calls, true, reply.cause());
                    }
                });
    }

    /** Checks periodically whether the node still runs. Nothing else reports a killed node before the timeout. */
    private void watch(String receiver, Call<?> call) {
        vertx.setTimer(WATCH_INTERVAL_MS, timer -> {
            if (!call.isDone() && !closed) {
                vertx.eventBus()
                        .<String>request(
                                receiver, Buffer.buffer(), CommandAddress.options(CommandAddress.WHICH, timeoutMs))
                        .onSuccess(there -> watch(receiver, call))
                        .onFailure(failure -> failed(receiver, List.of(call), false, failure));
            }
        });
    }

    private static void answer(List<Call<?>> calls, byte[][] answers) {
        for (int i = 0; i < answers.length; i++) {
            calls.get(i).reply(0, answers[i], 0, answers[i].length);
        }
        calls.get(calls.size() - 1).repliesEnd();
    }

    /**
     * Fails calls, and forgets their node.
     *
     * @param unsent whether a failure to find the node means that it did not get the calls
     */
    private void failed(String receiver, List<Call<?>> calls, boolean unsent, Throwable failure) {
        if (receiver.equals(node)) {
            node = null;
        }
        LOG.debug("{} does not answer", receiver, failure);
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS && unsent) {
            fail(calls, Status.UNAVAILABLE, "the node that was to execute the command has left; try again");
        } else {
            fail(calls, Status.OUTCOME_UNKNOWN, "the node that had the command does not answer");
        }
    }

    private static void fail(List<Call<?>> calls, Status status, String message) {
        calls.forEach(call -> call.fail(status, message));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    @Override
    public void checkAtRest() {
        if (!waiting.isEmpty() || unanswered > 0) {
            throw new IllegalStateException(
                    waiting.size() + " calls wait, and " + unanswered + " messages are not answered");
        }
    }
}
