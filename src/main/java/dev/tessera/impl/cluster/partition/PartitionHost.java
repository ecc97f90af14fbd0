package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services of a node for its partitions. Immutable; all threads share it.
 *
 * @param commands the commands that the node executes
 * @param stores the map of stores, one for each partition
 * @param depthMax how deep a command may nest
 * @param replyBytesMax how large one reply may be
 * @param batchReplyBytesMax after this many reply bytes, the partition executes no further request of a batch
 * @param keepMs how long a dispatcher may send a batch again
 * @param localMs the time of the node's {@link dev.tessera.impl.session.SessionClock}
 * @param monotonicMs a clock that only goes forward
 * @param nanoClock a clock like {@link System#nanoTime()}
 * @param states draws a name for each state of a partition; all names differ
 * @param deferredReplies stores deferred tasks
 * @param outboxes creates the outbox of a partition that runs here for the first time; null if events are disabled
 * @param memory counts the partitions and copies on this node
 */
public record PartitionHost(
        Commands commands,
        StoreMap stores,
        int depthMax,
        int replyBytesMax,
        int batchReplyBytesMax,
        long keepMs,
        LongSupplier localMs,
        LongSupplier monotonicMs,
        LongSupplier nanoClock,
        LongSupplier states,
        DeferredReplySource deferredReplies,
        @Nullable Supplier<? extends Outbox> outboxes,
        MemoryBudget memory) {}
