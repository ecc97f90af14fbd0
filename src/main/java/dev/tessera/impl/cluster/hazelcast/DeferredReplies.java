package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DeferredReplySource;
import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The answers of this node that are written when their dispatchers ask for them. How many may wait is bounded, since
 * each holds on to the values that it looks at; one that nobody asks for is dropped. Thread-safe.
 */
final class DeferredReplies implements DeferredReplySource {

    private record Pending(Answer.Deferred later, Request request, long sinceMs) {}

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
    public DeferredId offer(Answer.Deferred later, Request request) {
        if (pending.size() >= waitingMax) {
            return null;
        }
        long number = numbers.getAndIncrement();
        pending.put(number, new Pending(later, request, monotonicMs.getAsLong()));
        // A member that was cut off and is back has another id.
        return new DeferredId(node.get(), number);
    }

    /** Writes an answer, once; null where it is not there any more. */
    byte[] write(long number) {
        Pending one = pending.remove(number);
        return one == null ? null : AnswerGuard.writeDeferred(one.later(), one.request(), replyBytesMax);
    }

    /** Drops what was not asked for in this time. */
    void dropOlderThan(long ms) {
        long nowMs = monotonicMs.getAsLong();
        pending.values().removeIf(one -> nowMs - one.sinceMs() > ms);
    }
}
