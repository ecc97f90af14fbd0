package dev.tessera.cli;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the server when the process is told to stop (SIGTERM, SIGINT), before the JVM ends; where it has not yet started, ends the start
 * instead, however long that would still take.
 */
final class GracefulStop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  /** How long the parts around the drain may take: the server's margin, and Vert.x's own end. */
  private static final int MARGIN_MS = 5000;

  private final Vertx vertx;
  private final int drainTimeoutMs;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile TesseraServer server;

  private GracefulStop(Vertx vertx, int drainTimeoutMs) {
    this.vertx = vertx;
    this.drainTimeoutMs = drainTimeoutMs;
  }

  /** Makes the JVM's end wait for the end of a server that is about to be started. */
  static GracefulStop onSignal(Vertx vertx, Configuration configuration) {
    GracefulStop stop = new GracefulStop(vertx, configuration.get(Settings.DRAIN_TIMEOUT_MS));
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "tessera-stop"));
    return stop;
  }

  /** Takes the server that has started, and is drained from now on. */
  void started(TesseraServer running) {
    server = running;
  }

  /** Says whether the process was told to stop. */
  boolean hasBegun() {
    return begun.get();
  }

  /** Says that the start has failed by itself, and there is nothing to stop. */
  void failed() {
    begun.set(true);
    stopped.countDown();
  }

  /** Blocks until the server has stopped. */
  void await() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void run() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    TesseraServer running = server;
    if (running == null) {
      LOG.info("Stopping: the start is given up");
    } else {
      LOG.info("Stopping: draining for up to {} ms", drainTimeoutMs);
    }
    try {
      Future<Void> drained = running == null ? Future.succeededFuture() : running.drain();
      Blocking.settle(drained.eventually(vertx::close), (long) drainTimeoutMs + MARGIN_MS);
      LOG.info("Stopped");
    } catch (TimeoutException e) {
      LOG.warn("Not everything has stopped within {} ms; ending all the same", drainTimeoutMs + MARGIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }
}
