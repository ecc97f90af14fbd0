package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * A server with a Vert.x of its own, alone or as a node of a cluster, as the settings say: joining comes before the Vert.x, and
 * leaving after it. Thread-safe.
 */
public final class TesseraNode {

  private final Configuration configuration;
  private final StartOptions options;
  private volatile Vertx vertx;
  private volatile TesseraServer server;
  /** Null where the server runs alone. */
  private volatile ClusterNode cluster;

  /** One that has not started. */
  public TesseraNode(Configuration configuration, StartOptions options) {
    this.configuration = configuration;
    this.options = options;
  }

  /**
   * Starts it. Where the start fails, whatever was started is stopped again. Blocks, so not on an event loop.
   *
   * @param vertxOptions of the Vert.x; how many event loops it has, and its event bus, are set here
   * @throws Exception as {@link TesseraServer#start} fails; a {@link StartException} also if the cluster cannot be joined
   */
  public void start(VertxOptions vertxOptions) throws Exception {
    vertxOptions.setEventLoopPoolSize(TesseraServer.eventLoops(configuration));
    try {
      if (configuration.requireConsistent().get(Settings.CLUSTER_ENABLED)) {
        cluster = ClusterNode.join(configuration);
        vertx = Blocking.await(cluster.startVertx(vertxOptions));
      } else {
        vertx = Vertx.vertx(vertxOptions);
      }
      server = Blocking.await(TesseraServer.start(vertx, configuration, options, cluster));
      if (cluster != null) {
        cluster.takePartitions();
      }
    } catch (Exception e) {
      stop();
      throw e;
    }
  }

  /** Says whether it serves. */
  public boolean hasStarted() {
    return server != null;
  }

  /** The server. */
  public TesseraServer server() {
    return server;
  }

  /** The Vert.x in which it runs. */
  public Vertx vertx() {
    return vertx;
  }

  /** The name of the node in its cluster, or null where it runs alone. */
  public String clusterNodeName() {
    return cluster == null ? null : cluster.name();
  }

  /**
   * Stops: clients first, then Vert.x; a node of a cluster hands its partitions over, for which it works on them to the last. A start that
   * is under way is given up. Blocks, so not on an event loop.
   */
  public void stop() throws Exception {
    TesseraServer running = server;
    Vertx own = vertx;
    try {
      if (own != null) {
        Blocking.await((running == null ? Future.succeededFuture() : running.drain()).eventually(own::close));
      }
    } finally {
      if (cluster != null) {
        cluster.leave();
      }
    }
  }
}
