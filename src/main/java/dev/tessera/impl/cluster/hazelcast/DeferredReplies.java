package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.ClientId;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DeferredReplySource;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.impl.work.Requester;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.impl.work.WorkerTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deferred replies of this node. The workers write them, for each client in turn. A dispatcher asks for its reply
 * again and again: it gets the reply if it is written, and otherwise this node sends the reply later. This node keeps a
 * reply until the node of the dispatcher has taken it, because a reply on its way may be lost. A reply without
 * questions is dropped after a time, because its dispatcher or its client is gone. Thread-safe.
 */
final class DeferredReplies implements DeferredReplySource {

    /** The answer to a question for a reply that this node sends later. A reply itself is never empty. */
    static final byte[] LATER = {};

    private static final byte[] NOTHING = {};

    /** Sends replies to the nodes that have asked for them. */
    interface Sender {

        /**
         * Sends a reply. It may be lost.
         *
         * @param taken runs after the node has taken the reply; any thread may run it
         */
        void send(UUID asker, DeferredId id, byte[] reply, Runnable taken);
    }

    /** A value that the tasks of one client or dispatcher share while there are any. */
    private static final class Shared<T> {
        private final T value;
        private int tasks;

        private Shared(T value) {
            this.value = value;
        }
    }

    private final Supplier<UUID> node;
    private final WorkerQueue workers;
    private final int replyBytesMax;
    private final LongSupplier monotonicMs;
    private final Sender sender;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Map<ClientId, Shared<Requester>> clients = new ConcurrentHashMap<>();
    private final Map<DispatcherId, Shared<ReplyBacklog>> dispatchers = new ConcurrentHashMap<>();

    DeferredReplies(
            Supplier<UUID> node, WorkerQueue workers, int replyBytesMax, LongSupplier monotonicMs, Sender sender) {
        this.node = node;
        this.workers = workers;
        this.replyBytesMax = replyBytesMax;
        this.monotonicMs = monotonicMs;
        this.sender = sender;
    }

    private final class Pending implements WorkerTask {

        private final DeferredId id;
        private final Request request;
        private final ClientId client;
        private final Requester requester;
        private final ReplyBacklog backlog;
        private volatile long askedMs = monotonicMs.getAsLong();
        private volatile boolean dropped;
        // Its monitor guards the fields below.
        /** Null after the end, so that a reply that waits keeps no snapshots. */
        private @Nullable Deferred task;

        private byte @Nullable [] reply;
        private @Nullable UUID asker;

        Pending(DeferredId id, Deferred task, Request request, ClientId client) {
            this.id = id;
            this.task = task;
            this.request = request;
            this.client = client;
            this.requester = enter(clients, client, () -> new Requester(client.origin()));
            this.backlog = enter(dispatchers, client.dispatcher(), () -> new ReplyBacklog(replyBytesMax));
        }

        @Override
        public String name() {
            return request.command().name();
        }

        @Override
        public Runnable run() {
            Deferred work = task();
            byte[] written = dropped || work == null
                    ? NOTHING
                    : AnswerGuard.writeDeferred(work, request, replyBytesMax, this::isUnwanted);
            return () -> end(written);
        }

        private synchronized @Nullable Deferred task() {
            return task;
        }

        private boolean isUnwanted() {
            return dropped || requester.isGone();
        }

        @Override
        public void refuse() {
            end(AnswerGuard.fault(request, AnswerGuard.TOO_MANY_SEARCHES));
        }

        @Override
        public List<KeySnapshot> snapshots() {
            Deferred work = task();
            return work == null ? List.of() : work.snapshots();
        }

        @Override
        public ReplyBacklog backlog() {
            return backlog;
        }

        private void end(byte[] written) {
            leave(clients, client);
            UUID receiver;
            synchronized (this) {
                task = null;
                if (!dropped) {
                    reply = written;
                    backlog.add(written.length);
                }
                receiver = asker;
            }
            if (receiver != null && !isUnwanted()) {
                sender.send(receiver, id, written, this::drop);
            }
        }

        /** Returns the reply, even if it is on its way; {@link #LATER} if it is not written. */
        byte[] ask(UUID from) {
            byte[] written;
            synchronized (this) {
                askedMs = monotonicMs.getAsLong();
                written = reply;
                if (written == null) {
                    asker = from;
                    return LATER;
                }
            }
            drop();
            return written;
        }

        /** Forgets the reply, and ends the work for it, because nobody asks again. */
        void drop() {
            dropped = true;
            if (pending.remove(id.number(), this)) {
                int bytes;
                synchronized (this) {
                    bytes = reply == null ? 0 : reply.length;
                    reply = null;
                }
                backlog.remove(bytes);
                leave(dispatchers, client.dispatcher());
            }
        }
    }

    /** Returns the value that the tasks with this id share, for one more of them. */
    private static <K, T> T enter(Map<K, Shared<T>> all, K id, Supplier<T> first) {
        return all.compute(id, (same, present) -> {
                    Shared<T> shared = present == null ? new Shared<>(first.get()) : present;
                    shared.tasks++;
                    return shared;
                })
                .value;
    }

    private static <K, T> void leave(Map<K, Shared<T>> all, K id) {
        all.computeIfPresent(id, (same, shared) -> --shared.tasks == 0 ? null : shared);
    }

    @Override
    public DeferredId offer(Deferred task, Request request, ClientId client) {
        // Read the node id each time, because a member that rejoins the cluster gets another one.
        DeferredId id = new DeferredId(node.get(), numbers.getAndIncrement());
        Pending one = new Pending(id, task, request, client);
        pending.put(id.number(), one);
        workers.submit(one.requester, one);
        return id;
    }

    /** Returns a reply once; {@link #LATER} if this node sends it; null if it is gone. */
    byte @Nullable [] ask(long number, UUID asker) {
        Pending one = pending.get(number);
        return one == null ? null : one.ask(asker);
    }

    /** Drops a reply, and ends all work of its client, which is gone. */
    void cancel(long number) {
        Pending one = pending.get(number);
        if (one != null) {
            one.requester.leave();
            one.drop();
        }
    }

    /** Drops replies that no dispatcher has asked for during this time. */
    void dropOlderThan(long ms) {
        long nowMs = monotonicMs.getAsLong();
        pending.values().stream().filter(one -> nowMs - one.askedMs > ms).forEach(Pending::drop);
    }
}
