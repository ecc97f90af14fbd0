package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.work.Requester;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a dispatcher to the cluster. Thread: the dispatcher's. Answers come on the same thread, never during the
 * call.
 */
public interface PartitionCalls {

    /** Lets the owner of the partition execute a batch. {@code done} gets the outcome of this attempt at most once. */
    void execute(PartitionBatch batch, Consumer<CallOutcome> done);

    /**
     * Asks for a deferred reply. {@code done} gets it once, or null if the reply is gone.
     *
     * @param client waits for the reply; if it leaves, the work for the reply ends
     */
    void deferredReply(DeferredId id, Requester client, Consumer<byte @Nullable []> done);

    /** Runs an action after a time. */
    void after(long ms, Runnable action);

    /** Returns the time of a monotonic clock. */
    long monotonicMs();
}
