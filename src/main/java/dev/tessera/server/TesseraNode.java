package dev.tessera.server;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;

/**
 * A server with a Vert.x of its own, alone or as a node of a cluster, as the settings say: joining comes before the Vert.x, and
 * leaving after it. Thread-safe.
 */
public final class TesseraNode {

  private final Vertx vertx;
  private final TesseraServer server;
  /** Null where the server runs alone. */
  private final ClusterNode cluster;

  private TesseraNode(Vertx vertx, TesseraServer server, ClusterNode cluster) {
    this.vertx = vertx;
    this.server = server;
    this.cluster = cluster;
  }

  /**
   * Starts one. Where the start fails, whatever was started is stopped again. Blocks, so not on an event loop.
   *
   * @param options of the Vert.x; how many event loops it has, and its event bus, are set here
   * @throws Exception as {@link TesseraServer#start} fails; a {@link StartException} also if the cluster cannot be joined
   */
  public static TesseraNode start(Configuration configuration, VertxOptions options) throws Exception {
    ClusterNode cluster = configuration.requireConsistent().get(Settings.CLUSTER_ENABLED) ? ClusterNode.join(configuration) : null;
    options.setEventLoopPoolSize(TesseraServer.eventLoops(configuration));
    Vertx vertx = null;
    try {
      vertx = cluster == null ? Vertx.vertx(options) : Blocking.await(cluster.startVertx(options));
      TesseraServer server = Blocking.await(TesseraServer.start(vertx, configuration, Clock.systemUTC(), cluster));
      if (cluster != null) {
        cluster.takePartitions();
      }
      return new TesseraNode(vertx, server, cluster);
    } catch (Exception e) {
      if (vertx != null) {
        Blocking.await(vertx.close());
      }
      if (cluster != null) {
        cluster.leave();
      }
      throw e;
    }
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
   * Stops: clients first, then Vert.x; a node of a cluster hands its partitions over, for which it works on them to the last.
   * Blocks, so not on an event loop.
   */
  public void stop() throws Exception {
    try {
      Blocking.await(server.drain().eventually(vertx::close));
    } finally {
      if (cluster != null) {
        cluster.leave();
      }
    }
  }
}
