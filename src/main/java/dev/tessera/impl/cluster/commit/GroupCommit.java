package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import java.util.function.Consumer;

/**
 * Sends the batches of one dispatcher to the owners of their partitions. Each partition has its own
 * {@link PartitionQueue}, so a partition without an owner delays no other partition.
 *
 * <p>Each request gets exactly one reply. Thread: the dispatcher's.
 */
public final class GroupCommit {

    private final PartitionCalls calls;
    private final PartitionQueue[] queues;

    /**
     * Creates empty queues.
     *
     * @param replies takes the replies
     */
    public GroupCommit(
            int partitionCount,
            DispatcherId dispatcher,
            PartitionCalls calls,
            CommitLimits limits,
            Consumer<ReplyBatch> replies) {
        this.calls = calls;
        this.queues = new PartitionQueue[partitionCount];
        FaultReplies faults = new FaultReplies(replies);
        for (int partition = 0; partition < partitionCount; partition++) {
            queues[partition] = new PartitionQueue(partition, dispatcher, calls, limits, replies, faults);
        }
    }

    /** Takes requests for a partition. */
    public void submit(int partition, CommandBatch batch) {
        queues[partition].submit(batch);
    }

    /** Gives up requests that have waited too long. Call it several times within {@link CommitLimits#patienceMs}. */
    public void tick() {
        long nowMs = calls.monotonicMs();
        for (PartitionQueue queue : queues) {
            queue.tick(nowMs);
        }
    }
}
