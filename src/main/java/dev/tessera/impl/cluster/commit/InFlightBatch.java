package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.PartitionBatch;
import java.util.List;

/** A batch that is under way, with all its attempts. Thread: the dispatcher's. */
final class InFlightBatch {

    final PartitionBatch batch;
    final List<BatchSlice> pieces;
    /** When it is given up. */
    final long untilMs;
    /** Whether an attempt may have executed it. */
    boolean perhapsExecuted;
    /** Whether an attempt has not ended. */
    boolean called;

    InFlightBatch(PartitionBatch batch, List<BatchSlice> pieces, long untilMs) {
        this.batch = batch;
        this.pieces = pieces;
        this.untilMs = untilMs;
    }
}
