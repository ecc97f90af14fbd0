package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Setting;
import dev.tessera.config.Settings;
import dev.tessera.management.ManagementServer;
import dev.tessera.management.Readiness;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Its parts start in the order in which they are needed: the management endpoints, which say "starting";
 * then the event loops, which serve clients; then it is ready. It stops in the opposite order. Thread-safe; nothing here blocks.
 */
public final class TesseraServer {

  private static final Logger LOG = LoggerFactory.getLogger(TesseraServer.class);

  /** How long the loops may take to stop beyond the drain timeout, which they keep to by themselves. */
  private static final int DRAIN_MARGIN_MS = 1000;

  private final Vertx vertx;
  private final Configuration configuration;
  private final Readiness readiness;
  private final ManagementServer management;
  private final SharedPort port;
  private final String loopsDeploymentId;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Promise<Void> drained = Promise.promise();

  private TesseraServer(Vertx vertx, Configuration configuration, Readiness readiness, ManagementServer management,
      SharedPort port, String loopsDeploymentId) {
    this.vertx = vertx;
    this.configuration = configuration;
    this.readiness = readiness;
    this.management = management;
    this.port = port;
    this.loopsDeploymentId = loopsDeploymentId;
  }

  /**
   * Starts a server in a Vert.x, which stays the caller's: give it {@link #eventLoops} event loops, and close it after
   * {@link #drain()}. Where the start fails, whatever was started is stopped again.
   *
   * @return fails with {@link dev.tessera.config.ConfigurationException} if settings contradict each other, or with
   *     {@link ListenException} if an address cannot be bound
   */
  public static Future<TesseraServer> start(Vertx vertx, Configuration configuration) {
    try {
      configuration.requireConsistent();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    Readiness readiness = new Readiness();
    return startManagement(vertx, configuration, readiness)
        .compose(management -> startLoops(vertx, configuration, readiness, management)
            .onSuccess(server -> readiness.enter(Readiness.State.READY))
            .recover(failure -> management.close().transform(closed -> Future.failedFuture(failure))));
  }

  private static Future<ManagementServer> startManagement(Vertx vertx, Configuration configuration, Readiness readiness) {
    Setting<String> host = Settings.MANAGEMENT_HOST;
    Setting<Integer> port = Settings.MANAGEMENT_PORT;
    return ManagementServer.start(vertx, configuration.get(host), configuration.get(port), readiness)
        .recover(failure -> Future.failedFuture(ListenException.explain(failure, configuration, host, port)));
  }

  private static Future<TesseraServer> startLoops(Vertx vertx, Configuration configuration, Readiness readiness,
      ManagementServer management) {
    SharedPort port = new SharedPort(configuration.get(Settings.PORT));
    DeploymentOptions options = new DeploymentOptions().setInstances(eventLoops(configuration));
    return vertx.deployVerticle(() -> new LoopVerticle(configuration, port), options)
        .map(id -> new TesseraServer(vertx, configuration, readiness, management, port, id))
        .recover(failure -> Future.failedFuture(
            ListenException.explain(failure, configuration, Settings.HOST, Settings.PORT)));
  }

  /** How many event loops serve clients under this configuration. */
  public static int eventLoops(Configuration configuration) {
    int configured = configuration.get(Settings.EVENT_LOOPS);
    return configured != 0 ? configured : Runtime.getRuntime().availableProcessors();
  }

  /** The port that clients connect to. */
  public int port() {
    return port.actual();
  }

  /** The port of the management endpoints. */
  public int managementPort() {
    return management.port();
  }

  /**
   * Stops serving: no new connections, replies in flight are sent, sockets are closed, within {@code drainTimeoutMs} and a
   * second. The management endpoints say "draining" meanwhile and end last. May be called more than once, as long as the
   * Vert.x is open; all calls return the same future, which never fails.
   */
  public Future<Void> drain() {
    if (draining.compareAndSet(false, true)) {
      readiness.enter(Readiness.State.DRAINING);
      vertx.undeploy(loopsDeploymentId)
          .timeout(configuration.get(Settings.DRAIN_TIMEOUT_MS) + DRAIN_MARGIN_MS, TimeUnit.MILLISECONDS)
          .onFailure(failure -> LOG.warn("The event loops did not stop as they should", failure))
          .eventually(management::close)
          .onComplete(done -> drained.complete());
    }
    return drained.future();
  }
}
