package dev.tessera.testing;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits on the test's thread for results of an event loop. */
public final class Await {

    /** Longer than anything here takes on a busy machine. */
    static final long TIMEOUT_SECONDS = 120;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** Returns the future's result. */
    public static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the future's failure. */
    public static Throwable failure(Future<?> future) throws Exception {
        try {
            Object result = result(future);
            throw new AssertionError("expected a failure, but got " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** Waits until a condition holds. A condition that throws does not hold yet. */
    public static void until(Callable<Boolean> condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        Exception last = null;
        while (System.nanoTime() < endNs) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        throw new AssertionError("the condition did not hold within " + TIMEOUT_SECONDS + " s", last);
    }
}
