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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches who is in the cluster and how the partitions lie, and writes every change to the log. It looks when Hazelcast
 * tells of something, and now and then by itself, for copies get up to date without a word. Thread-safe.
 */
public final class ClusterWatch implements MembershipListener, MigrationListener, PartitionLostListener {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final int INTERVAL_MS = 1000;

    private final ClusterSurvey survey;
    private final HazelcastInstance hazelcast;
    private final ScheduledExecutorService thread = BackgroundThread.create("tessera-cluster-watch");
    private volatile boolean enoughMembers;
    private volatile int migrations;
    /** Seen by the thread alone. */
    private ClusterState logged;

    ClusterWatch(HazelcastInstance hazelcast, MemberOptions options) {
        this.hazelcast = hazelcast;
        this.survey = new ClusterSurvey(hazelcast, options);
    }

    /** Begins to watch. */
    void start() {
        enoughMembers = survey.enoughMembers();
        hazelcast.getCluster().addMembershipListener(this);
        hazelcast.getPartitionService().addMigrationListener(this);
        hazelcast.getPartitionService().addPartitionLostListener(this);
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    /** Watches no more. */
    void stop() {
        thread.shutdownNow();
    }

    /** Whether there are as many nodes with partitions as {@code cluster.minMembers} asks for; cheap. */
    public boolean enoughMembers() {
        return enoughMembers;
    }

    /** How things stand now. Blocks. */
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
            LOG.warn("Could not find out how the cluster stands ({}); trying again", e.toString());
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
                    "Partition {} is lost with its sessions: all nodes that had a copy went away at once. More copies"
                            + " (cluster.backups) outlive more nodes",
                    event.getPartitionId());
        }
    }
}
