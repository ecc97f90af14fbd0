package dev.tessera.cli;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on the process's own threads. Never to be called on an event loop. */
final class Blocking {

  private Blocking() {
  }

  /** The future's result, or its failure thrown. */
  static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Waits until the future has completed, in whichever way.
   *
   * @throws TimeoutException if it has not within the time
   */
  static void settle(Future<?> future, long timeoutMs) throws InterruptedException, TimeoutException {
    try {
      future.otherwiseEmpty().toCompletionStage().toCompletableFuture().get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
