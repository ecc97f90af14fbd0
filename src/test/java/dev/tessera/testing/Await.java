package dev.tessera.testing;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waits on the test's thread for results of an event loop. */
public final class Await {

    /** Longer than anything here takes on a busy machine. */
    static final long TIMEOUT_SECONDS = 120;

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
}
