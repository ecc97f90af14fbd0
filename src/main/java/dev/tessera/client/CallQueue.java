package dev.tessera.client;

import dev.tessera.impl.routing.LocalStores;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The way of a client's calls to a server: the one in the same Vert.x, or else a node of the cluster that the Vert.x
 * belongs to. Any thread puts calls in; the client's context takes out all that are there in one turn, and they travel
 * in batches.
 *
 * <p>The server is looked for at every turn, so it may start after the client, and another may take its place.
 */
final class CallQueue {

    private static final String REPLY_ADDRESS = "tessera.client.";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Vertx vertx;
    private final Context context;
    private final long timeoutNanos;
    private final int inFlightMax;
    private final Queue<Call<?>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicInteger inFlight = new AtomicInteger();

    // From here on only the context looks.
    private final AnswerReader reader = new AnswerReader();
    /** In the order of sending; those that are done leave when they are in front. */
    private final Deque<Call<?>> sent = new ArrayDeque<>();
    /** Those of them that may take as long as they do. */
    private final Set<Call<?>> sentWithoutDeadline = new HashSet<>();

    private ServerLink link;
    /** The stores that the link leads to; null where they are on other nodes of a cluster, or there is no link. */
    private LocalStores stores;

    private boolean opening;
    private boolean timerSet;
    private boolean closed;

    CallQueue(Vertx vertx, TesseraClientOptions options) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(options.getTimeoutMs());
        this.inFlightMax = options.getMaxInFlight();
    }

    /** Sends a command, whose array belongs to the queue from now on. Any thread. */
    <T> Future<T> submit(byte[] text, Function<AnswerReader, T> result) {
        return submit(text, result, System.nanoTime() + timeoutNanos);
    }

    /** As {@link #submit(byte[], Function)}, of a command that may take as long as it does. */
    <T> Future<T> submitLong(byte[] text, Function<AnswerReader, T> result) {
        return submit(text, result, null);
    }

    private <T> Future<T> submit(byte[] text, Function<AnswerReader, T> result, Long deadlineNanos) {
        if (inFlight.incrementAndGet() > inFlightMax) {
            inFlight.decrementAndGet();
            return Future.failedFuture(new TesseraException(
                    Status.LIMIT_EXCEEDED,
                    "more than " + inFlightMax + " calls of this client wait for their answers"));
        }
        Call<T> call = new Call<>(this, text, result, deadlineNanos);
        waiting.add(call);
        wake();
        return call.future();
    }

    /** Any thread. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            closed = true;
            disconnect("the client was closed before the answer came").onComplete(done);
            refuseWaiting();
        });
        return done.future();
    }

    /** Fails where a call is not answered though nobody waits for anything; for tests. Any thread. */
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
        while (!sent.isEmpty() && sent.peek().isDone()) {
            sent.remove();
        }
        sentWithoutDeadline.removeIf(Call::isDone);
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(now -> drain());
        }
    }

    private void drain() {
        woken.set(false);
        LocalStores present = LocalStores.of(vertx);
        if (closed || present == null && !vertx.isClustered()) {
            refuseWaiting();
        } else if (link == null || present != stores) {
            connect(present);
        } else if (!opening) {
            sendWaiting();
        }
    }

    private void sendWaiting() {
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            (call.hasDeadline() ? sent : sentWithoutDeadline).add(call);
            link.submit(call);
        }
        link.flush();
        forgetDone();
        watch();
    }

    private void refuseWaiting() {
        for (Call<?> call = waiting.poll(); call != null; call = waiting.poll()) {
            call.fail(Status.UNAVAILABLE, closed ? "the client is closed" : "no server runs in this Vert.x");
        }
    }

    private void connect(LocalStores present) {
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
            wake();
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

    /** Sets a timer for the call that waits longest, if any does. */
    private void watch() {
        if (timerSet || sent.isEmpty()) {
            return;
        }
        timerSet = true;
        long leftNanos = sent.peek().deadlineNanos() - System.nanoTime();
        vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1), timer -> {
            timerSet = false;
            giveUpLate();
            watch();
        });
    }

    private void giveUpLate() {
        long nowNanos = System.nanoTime();
        while (!sent.isEmpty() && (sent.peek().isDone() || sent.peek().deadlineNanos() - nowNanos <= 0)) {
            sent.remove().fail(Status.OUTCOME_UNKNOWN, "no answer came in time");
        }
    }
}
