package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Commands;
import dev.tessera.impl.routing.StoreMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a node lends to the partitions that it has. Immutable, and shared by all threads.
 *
 * @param commands the commands that it knows
 * @param stores as many stores as there are partitions
 * @param depthMax how deep a command may nest
 * @param replyBytesMax how large one answer may be
 * @param batchReplyBytesMax behind this many bytes of replies, no further request of a batch is executed
 * @param keepMs how long a dispatcher may go on sending a batch again
 * @param wallMs the node's wall clock, in milliseconds since 1970
 * @param monotonicMs a clock that only goes forward
 * @param states draws a name for each state of a partition; all names differ
 * @param deferredReplySource takes answers that are written later
 * @param outboxes makes one for a partition that is executed here for the first time; null where nobody is told of
 *     changes
 */
public record PartitionHost(
        Commands commands,
        StoreMap stores,
        int depthMax,
        int replyBytesMax,
        int batchReplyBytesMax,
        long keepMs,
        LongSupplier wallMs,
        LongSupplier monotonicMs,
        LongSupplier states,
        DeferredReplySource deferredReplySource,
        Supplier<? extends Outbox> outboxes) {}
