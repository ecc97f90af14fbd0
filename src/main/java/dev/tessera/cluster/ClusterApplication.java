package dev.tessera.cluster;

import com.hazelcast.config.Config;
import dev.tessera.config.Configuration;
import dev.tessera.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** Lets an application that is no server be a member of a cluster, to use it over the event bus. */
public final class ClusterApplication {

  private ClusterApplication() {
  }

  /**
   * Starts a Vert.x that joins the cluster that the settings name, as a Hazelcast lite member: it holds no partitions. It leaves the
   * cluster as it is closed.
   *
   * @param configuration of which {@code cluster.*} counts
   * @param options of the Vert.x; its event bus is set here
   * @throws ConfigurationException if settings contradict each other
   */
  public static Future<Vertx> startVertx(Configuration configuration, VertxOptions options) {
    Config config = HazelcastConfig.ofApplication(configuration.requireConsistent());
    options.setEventBusOptions(EventBusAddress.ofApplication(configuration));
    return Vertx.builder().with(options).withClusterManager(new HazelcastClusterManager(config)).buildClustered();
  }
}
