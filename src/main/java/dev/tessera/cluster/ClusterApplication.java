package dev.tessera.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.NoDataMemberInClusterException;
import dev.tessera.config.Configuration;
import dev.tessera.config.ConfigurationException;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.ClusterException;
import dev.tessera.impl.cluster.EventBusAddress;
import dev.tessera.impl.cluster.HazelcastConfig;
import dev.tessera.impl.cluster.MemberOptions;
import dev.tessera.impl.cluster.hazelcast.EventSubscriber;
import dev.tessera.impl.server.ServerOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Objects;

/** The entry of applications that join a cluster of servers, to use it over the event bus. */
public final class ClusterApplication {

    private ClusterApplication() {}

    /**
     * Starts a Vert.x that joins the cluster that the settings name. It joins as a Hazelcast lite member, which holds
     * no partitions, and leaves the cluster when it closes.
     *
     * @param configuration its {@code cluster.*} settings count; with {@code events.enabled}, which the nodes need too,
     *     this Vert.x receives the events of sessions
     * @param options of the Vert.x; this method sets its event bus
     * @throws ConfigurationException if settings contradict each other
     */
    public static Future<Vertx> startVertx(Configuration configuration, VertxOptions options) {
        Objects.requireNonNull(configuration, "no null configuration accepted");
        Objects.requireNonNull(options, "no null options accepted");
        MemberOptions member = ServerOptions.member(configuration.requireConsistent());
        Config config = HazelcastConfig.ofApplication(member);
        options.setEventBusOptions(EventBusAddress.ofApplication(member.address()));
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        return Vertx.builder()
                .with(options)
                .withClusterManager(manager)
                .buildClustered()
                .recover(failure -> Future.failedFuture(explained(failure, member, manager)))
                .compose(vertx -> member.terms().events()
                        ? receiveEvents(vertx, manager.getHazelcastInstance()).map(vertx)
                        : Future.succeededFuture(vertx));
    }

    /** Returns the failure to join, with advice if no node was found. Leaves a cluster that has no nodes. */
    private static Throwable explained(Throwable failure, MemberOptions member, HazelcastClusterManager manager) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoDataMemberInClusterException) {
                HazelcastInstance hazelcast = manager.getHazelcastInstance();
                if (hazelcast != null) {
                    hazelcast.getLifecycleService().terminate();
                }
                return new ClusterException(
                        "cannot join the cluster " + member.clusterName() + ": found no node that holds partitions "
                                + member.discovery() + "; start a node first, or check " + Settings.CLUSTER_NAME
                                + " and the addresses of the nodes",
                        failure);
            }
        }
        return failure;
    }

    /**
     * Subscribes a Vert.x that joined in another way to the events of sessions, until its member leaves. Each event is
     * published at its address, only to the consumers of this Vert.x.
     *
     * @param hazelcast the Hazelcast member of the Vert.x
     * @return completes when the subscription is complete; no later event is missed
     */
    public static Future<Void> receiveEvents(Vertx vertx, HazelcastInstance hazelcast) {
        return vertx.executeBlocking(() -> {
            EventSubscriber.open(hazelcast, vertx);
            return null;
        });
    }
}
