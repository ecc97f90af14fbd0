package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DeferredReplySource;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deferred replies of this node, which it writes when their dispatchers ask for them. Their number is bounded,
 * because each keeps the values that it searches alive. A reply without a caller is dropped after a time. Thread-safe.
 */
final class DeferredReplies implements DeferredReplySource {

    private record Pending(Deferred task, Request request, long sinceMs) {}

    private final Supplier<UUID> node;
    private final int waitingMax;
    private final int replyBytesMax;
    private final LongSupplier monotonicMs;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();

    DeferredReplies(Supplier<UUID> node, int waitingMax, int replyBytesMax, LongSupplier monotonicMs) {
        this.node = node;
        this.waitingMax = waitingMax;
        this.replyBytesMax = replyBytesMax;
        this.monotonicMs = monotonicMs;
    }

    @Override
    public @Nullable DeferredId offer(Deferred task, Request request) {
        if (pending.size() >= waitingMax) {
            return null;
        }
        long number = numbers.getAndIncrement();
        pending.put(number, new Pending(task, request, monotonicMs.getAsLong()));
        // Read the node id each time, because a member that rejoins the cluster gets another one.
        return new DeferredId(node.get(), number);
    }

    /** Writes a reply once. Returns null if it is gone. */
    byte @Nullable [] write(long number) {
        Pending one = pending.remove(number);
        return one == null ? null : AnswerGuard.writeDeferred(one.task(), one.request(), replyBytesMax, () -> false);
    }

    /** Drops replies that no dispatcher asked for within this time. */
    void dropOlderThan(long ms) {
        long nowMs = monotonicMs.getAsLong();
        pending.values().removeIf(one -> nowMs - one.sinceMs() > ms);
    }
}
