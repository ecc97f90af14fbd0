package dev.tessera.impl.cluster.hazelcast;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The timer that reclaims expired sessions in the partitions of this node. Thread-safe. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final ClusterPartitions partitions;
    private final long intervalMs;
    /** 1 for a partition whose last sweep has not ended. */
    private final AtomicIntegerArray sweeping;

    private final ScheduledExecutorService timer = BackgroundThread.create("tessera-sweeper");

    Sweeper(ClusterPartitions partitions, long intervalMs) {
        this.partitions = partitions;
        this.intervalMs = intervalMs;
        this.sweeping = new AtomicIntegerArray(partitions.stores().partitionCount());
    }

    void start() {
        // A sweep handles its own failures.
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::sweepAll, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void sweepAll() {
        try {
            if (partitions.hazelcast().getCluster().getLocalMember().isLiteMember()) {
                return;
            }
            partitions.forgetMoved();
            partitions.deferredReplies().dropOlderThan(2 * partitions.options().patienceMs());
            for (int partition = 0; partition < sweeping.length(); partition++) {
                if (partitions.owns(partition) && sweeping.compareAndSet(partition, 0, 1)) {
                    sweep(partition);
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("Skipping a sweep, because this node is not in a cluster", e);
        }
    }

    private void sweep(int partition) {
        partitions
                .map()
                .submitToKey(partitions.key(partition), new SweepProcessor(partition))
                .whenCompleteAsync(
                        (more, failure) -> {
                            if (failure == null && more) {
                                sweep(partition);
                                return;
                            }
                            sweeping.set(partition, 0);
                            if (failure != null) {
                                LOG.debug(
                                        "A sweep of partition {} failed; the next one follows soon",
                                        partition,
                                        failure);
                            }
                        },
                        timer);
    }
}
