package dev.tessera.client;

import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One command with the future of its result. Thread: the caller creates it; then the queue's.
 *
 * @param <T> the type of the result
 */
final class Call<T> implements ReplySink {

    private static final LimitedLog FAILED =
            LimitedLog.error(Call.class, "An answer could not be read; this is a fault of Tessera, please report it");
    private static final LimitedLog CONTEXT_CLOSED =
            LimitedLog.debug(Call.class, "The context of the caller was closed before its answer came");

    private final CallQueue queue;
    private final byte[] text;
    private final Function<AnswerReader, T> result;
    /** By {@link System#nanoTime}; null for a call without a deadline. */
    private final @Nullable Long deadlineNanos;
    /** The context on which the result completes. */
    private final Context caller;

    private final Promise<T> promise = Promise.promise();
    private boolean done;

    Call(CallQueue queue, byte[] text, Function<AnswerReader, T> result, @Nullable Long deadlineNanos) {
        this.queue = queue;
        this.text = text;
        this.result = result;
        this.deadlineNanos = deadlineNanos;
        Context current = Vertx.currentContext();
        this.caller = current == null ? queue.context() : current;
    }

    byte[] text() {
        return text;
    }

    boolean hasDeadline() {
        return deadlineNanos != null;
    }

    /** Returns the deadline, by {@link System#nanoTime}. */
    long deadlineNanos() {
        return Objects.requireNonNull(deadlineNanos);
    }

    Future<T> future() {
        return promise.future();
    }

    boolean isDone() {
        return done;
    }

    @Override
    public Requester requester() {
        return queue.requester();
    }

    @Override
    public void reply(long slot, byte[] bytes, int from, int to) {
        if (done) {
            return;
        }
        T value;
        try {
            queue.reader().reset(bytes, from, to);
            value = result.apply(queue.reader());
        } catch (TesseraException e) {
            finish(() -> promise.fail(e));
            return;
        } catch (RuntimeException e) {
            FAILED.log(e);
            fail(Status.UNKNOWN, "the answer could not be read; the log has the cause");
            return;
        }
        finish(() -> promise.complete(value));
    }

    @Override
    public void lost(long slot) {
        fail(Status.UNKNOWN, "the answer was lost; the log has the cause");
        queue.forgetDone();
    }

    @Override
    public void repliesEnd() {
        queue.forgetDone();
    }

    /** Fails the call, unless it has an answer. */
    void fail(Status status, String message) {
        if (!done) {
            TesseraException failure = new TesseraException(status, message);
            finish(() -> promise.fail(failure));
        }
    }

    private void finish(Runnable completion) {
        done = true;
        queue.onDone();
        try {
            caller.runOnContext(now -> completion.run());
        } catch (RuntimeException e) {
            CONTEXT_CLOSED.log(e);
        }
    }
}
