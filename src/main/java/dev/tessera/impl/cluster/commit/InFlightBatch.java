package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.PartitionBatch;
import java.util.List;

/** A batch during all its attempts. Thread: the dispatcher's. */
final class InFlightBatch {

    final PartitionBatch batch;
    final List<BatchSlice> slices;
    /** The time at which the queue gives it up. */
    final long untilMs;
    /** Whether an attempt may have executed it. */
    boolean perhapsExecuted;
    /** Whether an attempt is running. */
    boolean called;

    InFlightBatch(PartitionBatch batch, List<BatchSlice> slices, long untilMs) {
        this.batch = batch;
        this.slices = slices;
        this.untilMs = untilMs;
    }
}
