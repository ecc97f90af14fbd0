package dev.tessera.impl.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.PartitionLostEvent;
import com.hazelcast.partition.PartitionLostListener;
import com.hazelcast.partition.ReplicaMigrationEvent;
import dev.tessera.impl.cluster.hazelcast.BackgroundThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on the members and partitions of the cluster; it logs every change. It looks when Hazelcast reports an event,
 * and at intervals, because Hazelcast reports no event when copies become up to date. Thread-safe.
 */
public final class ClusterWatch implements MembershipListener, MigrationListener, PartitionLostListener {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final int INTERVAL_MS = 1000;

    private final ClusterSurvey survey;
    private final HazelcastInstance hazelcast;
    private final ScheduledExecutorService thread = BackgroundThread.create("tessera-cluster-watch");
    private volatile boolean enoughMembers;
    private volatile int migrations;
    /** The last state in the log. Used only by the thread. */
    private @Nullable ClusterState logged;

    ClusterWatch(HazelcastInstance hazelcast, MemberOptions options) {
        this.hazelcast = hazelcast;
        this.survey = new ClusterSurvey(hazelcast, options);
    }

    /** Starts to watch. */
    void start() {
        enoughMembers = survey.enoughMembers();
        hazelcast.getCluster().addMembershipListener(this);
        hazelcast.getPartitionService().addMigrationListener(this);
        hazelcast.getPartitionService().addPartitionLostListener(this);
        // A look handles its own failures.
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    /** Stops watching. */
    void stop() {
        thread.shutdownNow();
    }

    /** Returns whether as many nodes have partitions as {@code cluster.minMembers} demands. Does not block. */
    public boolean enoughMembers() {
        return enoughMembers;
    }

    /** Returns the state of the cluster now. Blocks. */
    public ClusterState state() {
        ClusterState state = survey.look(migrations);
        enoughMembers = state.enoughMembers();
        return state;
    }

    private void look() {
        try {
            ClusterState state = state();
            if (!state.equals(logged)) {
                logged = state;
                LOG.info("{}", state);
            }
        } catch (HazelcastInstanceNotActiveException e) {
            LOG.debug("This node has left the cluster", e);
        } catch (RuntimeException e) {
            LOG.warn("Failed to survey the cluster ({}); trying again in {} ms", e.toString(), INTERVAL_MS);
            LOG.debug("The failure", e);
        }
    }

    private void lookSoon() {
        try {
            enoughMembers = survey.enoughMembers();
            thread.execute(this::look);
        } catch (HazelcastInstanceNotActiveException e) {
            LOG.debug("This node is leaving the cluster", e);
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        lookSoon();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        lookSoon();
    }

    @Override
    public void migrationStarted(MigrationState state) {
        migrations = state.getRemainingMigrations();
        lookSoon();
    }

    @Override
    public void migrationFinished(MigrationState state) {
        migrations = 0;
        lookSoon();
    }

    @Override
    public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
        migrations = event.getMigrationState().getRemainingMigrations();
    }

    @Override
    public void replicaMigrationFailed(ReplicaMigrationEvent event) {
        migrations = event.getMigrationState().getRemainingMigrations();
    }

    @Override
    public void partitionLost(PartitionLostEvent event) {
        if (event.allReplicasInPartitionLost()) {
            LOG.error(
                    "Partition {} is lost with its sessions, because all nodes with a copy went away at once; raise"
                            + " cluster.backups to survive the loss of more nodes",
                    event.getPartitionId());
        }
    }
}
