package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import java.util.function.Consumer;

/**
 * Brings the batches of one dispatcher to the owners of their partitions. For each partition there is a
 * {@link PartitionQueue}, so that a partition that has no owner for a while holds up no other.
 *
 * <p>Each request gets exactly one reply. Thread: the dispatcher's.
 */
public final class GroupCommit {

    private final PartitionCalls calls;
    private final PartitionQueue[] lanes;

    /**
     * Begins with nothing under way.
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
        this.lanes = new PartitionQueue[partitionCount];
        FaultReplies faults = new FaultReplies(replies);
        for (int partition = 0; partition < partitionCount; partition++) {
            lanes[partition] = new PartitionQueue(partition, dispatcher, calls, limits, replies, faults);
        }
    }

    /** Takes requests for a partition. */
    public void submit(int partition, CommandBatch batch) {
        lanes[partition].submit(batch);
    }

    /** Gives up what has waited too long; to be called several times in the time of {@link CommitLimits#patienceMs}. */
    public void tick() {
        long nowMs = calls.monotonicMs();
        for (PartitionQueue lane : lanes) {
            lane.tick(nowMs);
        }
    }
}
