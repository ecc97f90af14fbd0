package dev.tessera.client;

import dev.tessera.impl.routing.EventLoopWakeUp;
import dev.tessera.impl.routing.LocalStores;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a client's calls to a server: the server in the same Vert.x, or a node of the cluster that the Vert.x
 * has joined. Any thread adds calls. The client's context takes all of them in one turn, and sends them in batches.
 *
 * <p>The queue looks for the server at every turn. So a server may start after the client, and another may replace it.
 */
final class CallQueue {

    private static final String REPLY_ADDRESS = "tessera.client.";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Vertx vertx;
    private final Context context;
    private final long timeoutNanos;
    private final int inFlightMax;
    private final int computeAttemptsMax;
    private final Queue<Call<?>> waiting = new ConcurrentLinkedQueue<>();
    private final EventLoopWakeUp wakeUp;
    private final Requester requester = new Requester();
    private final AtomicInteger inFlight = new AtomicInteger();

    // Only the context uses the fields below.
    private final AnswerReader reader = new AnswerReader();
    /** The calls with a deadline in the order of sending. Finished calls leave when they reach the head. */
    private final Deque<Call<?>> sent = new ArrayDeque<>();
    /** The calls without a deadline. */
    private final Set<Call<?>> sentWithoutDeadline = new HashSet<>();

    private @Nullable ServerLink link;
    /** The stores of the link; null if they are on other nodes of a cluster, or without a link. */
    private @Nullable LocalStores stores;

    private boolean opening;
    private boolean timerSet;
    private boolean closed;

    CallQueue(Vertx vertx, TesseraClientOptions options) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.wakeUp = new EventLoopWakeUp(context, this::drain);
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(options.getTimeout().toMillis());
        this.inFlightMax = options.getMaxInFlight();
        this.computeAttemptsMax = options.getMaxComputeAttempts();
    }

    /** Sends a command. Fails if a key or value of it has no JSON form. Any thread. */
    <T> Future<T> submit(CommandText command, Function<AnswerReader, T> result) {
        RuntimeException failure = command.failure();
        return failure == null ? submit(command.end(), result) : Future.failedFuture(failure);
    }

    /** Sends a command. Its array belongs to the queue from now on. Any thread. */
    <T> Future<T> submit(byte[] text, Function<AnswerReader, T> result) {
        return submit(text, result, System.nanoTime() + timeoutNanos);
    }

    /** Sends a command without a deadline; see {@link #submit(CommandText, Function)}. */
    <T> Future<T> submitLong(CommandText command, Function<AnswerReader, T> result) {
        RuntimeException failure = command.failure();
        return failure == null ? submit(command.end(), result, null) : Future.failedFuture(failure);
    }

    private <T> Future<T> submit(byte[] text, Function<AnswerReader, T> result, @Nullable Long deadlineNanos) {
        if (inFlight.incrementAndGet() > inFlightMax) {
            inFlight.decrementAndGet();
            return Future.failedFuture(new TesseraException(
                    Status.LIMIT_EXCEEDED,
                    "more than " + inFlightMax + " calls of this client wait for their answers"));
        }
        Call<T> call = new Call<>(this, text, result, deadlineNanos);
        waiting.add(call);
        wakeUp.wake();
        return call.future();
    }

    /** Fails all calls, and closes the link. Any thread. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            requester.leave();
            disconnect("the client was closed before the answer came").onComplete(done);
            refuseWaiting();
        });
        return done.future();
    }

    /** Fails if a call is unanswered; for tests, after all callers have their results. Any thread. */
    Future<Void> checkAtRest() {
        Promise<Void> checked = Promise.promise();
        context.runOnContext(now -> {
            try {
                if (link != null) {
                    link.checkAtRest();
                }
                if (inFlight.get() != 0 || !sent.isEmpty() || !sentWithoutDeadline.isEmpty() || !waiting.isEmpty()) {
                    throw new IllegalStateException(
                            inFlight + " calls are not answered, " + sent.size() + " of those sent");
                }
                checked.complete();
            } catch (IllegalStateException e) {
                checked.fail(e);
            }
        });
        return checked.future();
    }

    Vertx vertx() {
        return vertx;
    }

    /** Returns the most attempts to compute a value. */
    int computeAttemptsMax() {
        return computeAttemptsMax;
    }

    Requester requester() {
        return requester;
    }

    Context context() {
        return context;
    }

    AnswerReader reader() {
        return reader;
    }

    void onDone() {
        inFlight.decrementAndGet();
    }

    void forgetDone() {
        for (Call<?> oldest = sent.peek(); oldest != null && oldest.isDone(); oldest = sent.peek()) {
            sent.remove();
        }
        sentWithoutDeadline.removeIf(Call::isDone);
    }

    private void drain() {
        LocalStores present = LocalStores.of(vertx);
        if (closed || (present == null && !vertx.isClustered())) {
            refuseWaiting();
        } else if (link == null || present != stores) {
            connect(present);
        } else if (!opening) {
            sendWaiting(link);
        }
    }

    private void sendWaiting(ServerLink open) {
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            (call.hasDeadline() ? sent : sentWithoutDeadline).add(call);
            open.submit(call);
        }
        open.flush();
        forgetDone();
        watch();
    }

    private void refuseWaiting() {
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            call.fail(Status.UNAVAILABLE, closed ? "the client is closed" : "no server runs in this Vert.x");
        }
    }

    private void connect(@Nullable LocalStores present) {
        disconnect("the server stopped before the answer came");
        stores = present;
        ServerLink next = present == null
                ? new NodeLink(vertx, TimeUnit.NANOSECONDS.toMillis(timeoutNanos))
                : new LocalLink(vertx, present, REPLY_ADDRESS + NUMBERS.getAndIncrement());
        link = next;
        opening = true;
        next.open().onComplete(opened -> {
            if (link != next) {
                next.close();
                return;
            }
            opening = false;
            wakeUp.wake();
        });
    }

    private Future<Void> disconnect(String reason) {
        for (Call<?> call = sent.poll(); call != null; call = sent.poll()) {
            call.fail(Status.OUTCOME_UNKNOWN, reason);
        }
        sentWithoutDeadline.forEach(call -> call.fail(Status.OUTCOME_UNKNOWN, reason));
        sentWithoutDeadline.clear();
        Future<Void> gone = link == null ? Future.succeededFuture() : link.close();
        stores = null;
        link = null;
        return gone;
    }

    /** Sets a timer for the oldest call with a deadline, unless one is set. */
    private void watch() {
        if (timerSet || sent.isEmpty()) {
            return;
        }
        timerSet = true;
        long leftNanos = sent.element().deadlineNanos() - System.nanoTime();
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1), timer -> {
            timerSet = false;
            giveUpLate();
            watch();
        });
    }

    private void giveUpLate() {
        long nowNanos = System.nanoTime();
        for (Call<?> oldest = sent.peek();
                oldest != null && (oldest.isDone() || oldest.deadlineNanos() - nowNanos <= 0);
                oldest = sent.peek()) {
            sent.remove().fail(Status.OUTCOME_UNKNOWN, "no answer came in time");
        }
    }
}
