package dev.tessera.examples;

import dev.tessera.cluster.ClusterApplication;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;

/** A program of its own that uses the nodes of a cluster. */
final class ClusterExample {

    private ClusterExample() {}

    // tag::join[]
    static Future<Vertx> join(String cluster, List<String> nodes) {
        return ClusterApplication.startVertx(
                Configuration.defaults()
                        .with(Settings.CLUSTER_ENABLED, true)
                        .with(Settings.CLUSTER_NAME, cluster)
                        .with(Settings.CLUSTER_MEMBERS, nodes)
                        .with(Settings.CLUSTER_PORT, 0)
                        .with(Settings.EVENTS_ENABLED, true),
                new VertxOptions());
    }
    // end::join[]
}
