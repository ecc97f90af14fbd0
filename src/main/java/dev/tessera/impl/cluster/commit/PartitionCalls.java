package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import java.util.function.Consumer;

/**
 * What a dispatcher can ask of the cluster. Thread: the dispatcher's, on which answers come as well, and never during
 * the call.
 */
public interface PartitionCalls {

    /**
     * Has a batch executed by the owner of its partition; {@code done} is told at most once what came of this attempt.
     */
    void execute(PartitionBatch batch, Consumer<CallOutcome> done);

    /**
     * Asks for an answer that is written later; {@code done} is told once, and gets null where it is not to be had any
     * more.
     */
    void later(DeferredId id, Consumer<byte[]> done);

    /** Does something after a time. */
    void after(long ms, Runnable action);

    /** A clock that only goes forward. */
    long monotonicMs();
}
