package dev.tessera.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import dev.tessera.config.Configuration;
import dev.tessera.config.ConfigurationException;
import dev.tessera.impl.cluster.EventBusAddress;
import dev.tessera.impl.cluster.HazelcastConfig;
import dev.tessera.impl.cluster.MemberOptions;
import dev.tessera.impl.cluster.hazelcast.EventSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** Lets an application that is no server be a member of a cluster, to use it over the event bus. */
public final class ClusterApplication {

    private ClusterApplication() {}

    /**
     * Starts a Vert.x that joins the cluster that the settings name, as a Hazelcast lite member: it holds no
     * partitions. It leaves the cluster as it is closed.
     *
     * @param configuration of which {@code cluster.*} counts, and {@code events.enabled}: whether the events of
     *     sessions come to this Vert.x, which they do where the nodes have it, too
     * @param options of the Vert.x; its event bus is set here
     * @throws ConfigurationException if settings contradict each other
     */
    public static Future<Vertx> startVertx(Configuration configuration, VertxOptions options) {
        MemberOptions member = MemberOptions.of(configuration.requireConsistent());
        Config config = HazelcastConfig.ofApplication(member);
        options.setEventBusOptions(EventBusAddress.ofApplication(member.address()));
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        return Vertx.builder()
                .with(options)
                .withClusterManager(manager)
                .buildClustered()
                .compose(vertx -> member.terms().events()
                        ? receiveEvents(vertx, manager.getHazelcastInstance()).map(vertx)
                        : Future.succeededFuture(vertx));
    }

    /**
     * Lets the events of sessions come to a Vert.x that joined in another way, from now on and until its member leaves:
     * each is published at its address to the consumers of this Vert.x alone.
     *
     * @param hazelcast the Vert.x's member
     * @return whose success says that from now on nothing is missed
     */
    public static Future<Void> receiveEvents(Vertx vertx, HazelcastInstance hazelcast) {
        return vertx.executeBlocking(() -> {
            EventSubscriber.open(hazelcast, vertx);
            return null;
        });
    }
}
