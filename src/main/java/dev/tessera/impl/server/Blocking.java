package dev.tessera.impl.server;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waits for futures on threads of the process. Must not run on an event loop. */
public final class Blocking {

    private Blocking() {}

    /** Returns the result of a future, or throws its failure. */
    public static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
