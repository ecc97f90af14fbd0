package dev.tessera.server;

import dev.tessera.impl.cluster.ClusterException;
import dev.tessera.impl.cluster.ClusterMember;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.management.ManagementPage;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.StoreLinks;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.impl.session.SessionClock;
import dev.tessera.impl.store.StoreVerticle;
import dev.tessera.impl.work.WorkerQueue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Optional;

/**
 * The backend of a node: the nodes of the cluster keep the sessions together, in memory. It has no stores on event
 * loops and no journal. Thread-safe.
 */
final class ClusterBackend implements Backend {

    private final ClusterMember member;
    private final Commands commands;
    private final SharedSecret secret;
    private final SessionClock clock;

    private ClusterBackend(ClusterMember member, Commands commands, SharedSecret secret, SessionClock clock) {
        this.member = member;
        this.commands = commands;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Joins the cluster. Blocks.
     *
     * @throws StartException if the node cannot join
     */
    static ClusterBackend join(ServerOptions options, Commands commands, SessionClock clock)
            throws InterruptedException {
        SharedSecret own = SharedSecret.find(options.secret());
        ClusterMember member;
        try {
            member = ClusterMember.join(
                    options.cluster().member(),
                    options.cluster().partitions(),
                    commands,
                    clock,
                    own.bytes(),
                    own.isChosen());
        } catch (ClusterException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        try {
            return new ClusterBackend(
                    member, commands, own.agreed(member.secret()).keep(options.secret()), clock);
        } catch (StartException e) {
            member.leave();
            throw e;
        }
    }

    @Override
    public Future<Vertx> startVertx(VertxOptions options) {
        return member.startVertx(options);
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public StoreMap stores() {
        return member.partitions().stores();
    }

    @Override
    public StoreLinks links() {
        return member.partitions();
    }

    @Override
    public SharedSecret open(Vertx vertx, Metrics metrics) {
        return secret;
    }

    /** Returns none: Hazelcast's threads work on the partitions. */
    @Override
    public List<StoreVerticle> storesOfLoop(int loop) {
        return List.of();
    }

    @Override
    public void takePartitions() {
        member.takePartitions();
    }

    @Override
    public SessionClock clock() {
        return clock;
    }

    @Override
    public long heldSessions() {
        return member.partitions().heldSessions();
    }

    @Override
    public long heldKeys() {
        return member.partitions().heldKeys();
    }

    @Override
    public WorkerQueue workers() {
        return member.partitions().workers();
    }

    @Override
    public MemoryBudget memory() {
        return member.partitions().memory();
    }

    @Override
    public boolean enoughMembers() {
        return member.watch().enoughMembers();
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public Optional<String> nodeName() {
        return Optional.of(member.nodeName());
    }

    @Override
    public List<ManagementPage> managementPages() {
        return List.of(
                ManagementPage.json("/v1/cluster", () -> member.watch().state().toJson()));
    }

    /** Does nothing: the other nodes have the changes. */
    @Override
    public void close() {}

    @Override
    public void leave() {
        member.leave();
    }
}
