package dev.tessera.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed from the present one: a read, the function, and a write that requires the revision of the
 * read. A conflict repeats all of it after a random pause, because clients that repeat at once keep colliding.
 */
final class Compute {

    /** The longest pause before another attempt. */
    private static final int PAUSE_MS_MAX = 256;

    private static final WriteOptions KEEP_TTL = new WriteOptions().setKeepTtl(true);

    private final CommandKeys keys;
    private final CallQueue calls;
    private final String key;
    private final Function<? super @Nullable JsonText, ? extends Future<?>> function;
    /** The context on which the function runs. */
    private final Context caller;

    Compute(
            CommandKeys keys,
            CallQueue calls,
            String key,
            Function<? super @Nullable JsonText, ? extends Future<?>> function) {
        this.keys = keys;
        this.calls = calls;
        this.key = Arguments.notNull(key, "key");
        this.function = function;
        this.caller = keys.callerContext();
    }

    Future<VersionedValue> run() {
        return attempt(1);
    }

    private Future<VersionedValue> attempt(int number) {
        return keys.getVersioned(key)
                .compose(present -> onCaller(computed(present.value()))
                        .compose(
                                value -> write(value, present.revision()).recover(failure -> repeat(number, failure))));
    }

    private Future<?> computed(@Nullable JsonText present) {
        return Arguments.notNull(function.apply(present), "future of the function");
    }

    /** Completes a future on the context of the caller, where the next attempt begins. */
    private <T> Future<T> onCaller(Future<T> future) {
        Promise<T> promise = Promise.promise();
        future.onComplete((value, failure) -> caller.runOnContext(now -> promise.complete(value, failure)));
        return promise.future();
    }

    private Future<VersionedValue> write(@Nullable Object value, long revision) {
        if (value != null) {
            JsonText text = JsonText.encode(value);
            return keys.replace(key, text, revision, KEEP_TTL).map(written -> new VersionedValue(text, written));
        }
        return revision == 0
                ? Future.succeededFuture(VersionedValue.NONE)
                : keys.remove(key, revision).map(VersionedValue.NONE);
    }

    private Future<VersionedValue> repeat(int number, Throwable failure) {
        if (!(failure instanceof ConflictException conflict)) {
            return Future.failedFuture(failure);
        }
        if (number >= calls.computeAttemptsMax()) {
            return Future.failedFuture(new ConflictException(
                    "the key changed during each of " + number + " attempts to compute its value; nothing was changed",
                    TesseraException.Details.NONE,
                    conflict.revisions()));
        }
        return pause(number).compose(paused -> attempt(number + 1));
    }

    /** Pauses for a random time, whose bound doubles with each attempt. */
    private Future<Void> pause(int number) {
        int boundMs = Math.min(PAUSE_MS_MAX, 1 << Math.min(number, 30));
        Promise<Void> over = Promise.promise();
        calls.vertx().setTimer(1 + ThreadLocalRandom.current().nextInt(boundMs), timer -> over.complete());
        return over.future();
    }
}
