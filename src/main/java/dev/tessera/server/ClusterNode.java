package dev.tessera.server;

import dev.tessera.cluster.ClusterException;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.cluster.ClusterMember;
import dev.tessera.impl.cluster.hazelcast.ClusterOptions;
import dev.tessera.impl.cluster.hazelcast.ClusterPartitions;
import dev.tessera.impl.command.Commands;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;

/**
 * A server's place in a cluster: the member, its commands, and the secret that it shares with the others. Thread-safe.
 */
final class ClusterNode {

    private final ClusterMember member;
    private final Commands commands;
    private final SharedSecret secret;

    private ClusterNode(ClusterMember member, Commands commands, SharedSecret secret) {
        this.member = member;
        this.commands = commands;
        this.secret = secret;
    }

    /**
     * Joins the cluster. Blocks.
     *
     * @throws StartException if it cannot
     */
    static ClusterNode join(Configuration configuration) throws InterruptedException {
        SharedSecret own = SharedSecret.find(configuration);
        Commands commands = TesseraCommands.under(configuration);
        ClusterMember member;
        try {
            member = ClusterMember.join(
                    configuration,
                    options(configuration, commands),
                    TesseraServer.onePerProcessor(configuration.get(Settings.SEARCH_THREADS)),
                    own.bytes(),
                    own.isChosen());
        } catch (ClusterException e) {
            throw new StartException(e.getMessage(), e);
        }
        try {
            return new ClusterNode(member, commands, own.agreed(member.secret()).keep(configuration));
        } catch (StartException e) {
            member.leave();
            throw e;
        }
    }

    private static ClusterOptions options(Configuration configuration, Commands commands) {
        return new ClusterOptions(
                commands,
                Clock.systemUTC(),
                configuration.get(Settings.MAX_DEPTH),
                configuration.get(Settings.MAX_REPLY_BYTES),
                configuration.get(Settings.SESSIONS_SWEEP_INTERVAL_MS),
                configuration.get(Settings.SEARCH_MAX_WAITING),
                configuration.get(Settings.SEARCH_TIMEOUT_MS),
                configuration.get(Settings.CLUSTER_TIMEOUT_MS),
                configuration.get(Settings.EVENTS_ENABLED));
    }

    /** Starts the Vert.x of this node. */
    Future<Vertx> startVertx(VertxOptions options) {
        return member.startVertx(options);
    }

    /** See {@link ClusterMember#takePartitions}. */
    void takePartitions() {
        member.takePartitions();
    }

    /** See {@link ClusterMember#leave}. */
    void leave() {
        member.leave();
    }

    String name() {
        return member.nodeName();
    }

    ClusterPartitions partitions() {
        return member.partitions();
    }

    Commands commands() {
        return commands;
    }

    SharedSecret secret() {
        return secret;
    }

    boolean enoughMembers() {
        return member.watch().enoughMembers();
    }

    /** How the cluster stands, for the management endpoint. Blocks. */
    String stateJson() {
        return member.watch().state().toJson();
    }
}
