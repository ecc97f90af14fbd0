package dev.tessera.impl.server;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waits for futures on the process's own threads. Never to be called on an event loop. */
public final class Blocking {

    private Blocking() {}

    /** The future's result, or its failure thrown. */
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
