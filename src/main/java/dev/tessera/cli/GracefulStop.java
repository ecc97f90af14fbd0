package dev.tessera.cli;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraServer;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains the server when the process is told to stop (SIGTERM, SIGINT), before the JVM ends. */
final class GracefulStop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  /** How long the parts around the drain may take: the server's margin, and Vert.x's own end. */
  private static final int MARGIN_MS = 5000;

  private final Vertx vertx;
  private final TesseraServer server;
  private final int drainTimeoutMs;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private GracefulStop(Vertx vertx, TesseraServer server, int drainTimeoutMs) {
    this.vertx = vertx;
    this.server = server;
    this.drainTimeoutMs = drainTimeoutMs;
  }

  /** Makes the JVM's end wait for the drain. */
  static GracefulStop onSignal(Vertx vertx, TesseraServer server, Configuration configuration) {
    GracefulStop stop = new GracefulStop(vertx, server, configuration.get(Settings.DRAIN_TIMEOUT_MS));
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "tessera-stop"));
    return stop;
  }

  /** Blocks until the server has stopped. */
  void await() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void run() {
    LOG.info("Stopping: draining for up to {} ms", drainTimeoutMs);
    try {
      Blocking.settle(server.drain().eventually(vertx::close), (long) drainTimeoutMs + MARGIN_MS);
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
