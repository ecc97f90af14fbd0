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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a node of the cluster that this Vert.x is a member of. Any node will do, but one after the other would let
 * calls overtake each other, so it keeps to one until that is gone, and then asks for another. Until one is found,
 * calls wait.
 */
final class NodeLink implements ServerLink {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLink.class);

    /** A message is sent when it has become so large, so that no call makes others wait for long. */
    private static final int MESSAGE_BYTES = 256 * 1024;
    /** How long a node may take to answer a call that may take as long as it does, a save for instance. */
    private static final long LONG_TIMEOUT_MS = TimeUnit.DAYS.toMillis(1);
    /** How often a node is asked meanwhile whether it is still there. */
    private static final long WATCH_INTERVAL_MS = 2000;
    /** How long nodes may take to say that they are there. */
    private static final long SEARCH_TIMEOUT_MS = 2000;

    private final Vertx vertx;
    private final long timeoutMs;
    /** Not sent yet, in the order of the calls. */
    private List<Call<?>> waiting = new ArrayList<>();

    private int unanswered;
    /** The node's address; null where none is known. */
    private String node;

    private boolean searching;
    private boolean closed;

    /**
     * A link that has found no node yet.
     *
     * @param timeoutMs how long a node may take to answer
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
        if (node == null) {
            search();
            return;
        }
        List<Call<?>> calls = waiting;
        waiting = new ArrayList<>();
        Outgoing next = new Outgoing();
        for (Call<?> call : calls) {
            // A call that takes long goes by itself, lest it keep back the answers of others; those before it go first.
            boolean isLong = !call.hasDeadline();
            if (isLong || next.isFull()) {
                send(next, timeoutMs);
                next = new Outgoing();
            }
            next.add(call);
            if (isLong) {
                send(next, LONG_TIMEOUT_MS);
                watch(node, call);
                next = new Outgoing();
            }
        }
        send(next, timeoutMs);
    }

    /** A message on its way out, and the calls that it carries. */
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
                        LOG.debug("No node of Tessera has answered", found.cause());
                        List<Call<?>> calls = waiting;
                        waiting = new ArrayList<>();
                        fail(calls, Status.UNAVAILABLE, "no node of Tessera answers in this cluster");
                    }
                });
    }

    /** Sends a message, unless it carries nothing. */
    private void send(Outgoing outgoing, long answerTimeoutMs) {
        List<Call<?>> calls = outgoing.calls;
        if (calls.isEmpty()) {
            return;
        }
        String receiver = node;
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

    /**
     * Asks the node from time to time whether it is still there: of one that was killed, nothing else tells before the
     * timeout.
     */
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

    /** With {@code unsent}, where a failure to find the node says that the calls have not reached it. */
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
