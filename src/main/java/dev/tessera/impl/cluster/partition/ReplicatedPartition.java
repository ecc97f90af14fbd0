package dev.tessera.impl.cluster.partition;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.PayloadChunk;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.journal.change.ReplayTarget;
import dev.tessera.impl.journal.change.Replayer;
import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.session.Eviction;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.PartitionRestorer;
import dev.tessera.impl.session.RevisionClock;
import dev.tessera.impl.session.Session;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition on its owner, or a copy of it.
 *
 * <p>The owner executes batches, and each batch results in a change, which the copies apply. Each state of a partition
 * has a name, and a change names the state that it follows. A copy in another state has missed a change; it refuses, so
 * that the batch is not acknowledged. A batch that comes again is answered from the reply cache, and the copies are
 * asked whether they have its change.
 *
 * <p>Thread: the one of Hazelcast for the partition.
 */
public final class ReplicatedPartition {

    /** How many sessions a sweep looks at before other work gets its turn. */
    private static final int SWEEP_MAX = 1000;
    /** Larger results are not cached: that of a large read, or of very many writes. */
    private static final int RESULT_BYTES_KEPT = 1024 * 1024;
    /** A copy forgets sooner than the owner, so that the owner need not tell it which batches to forget. */
    private static final int COPY_KEEPS = 2;

    private static final int OWNER_KEEPS = 3;

    private final ChangeWriter changes = new ChangeWriter();
    private final ChangeFanOut listeners = new ChangeFanOut(changes);
    /** Counts the partition on the node that holds it. */
    private final MemoryAccount memory = MemoryAccount.unlimited();

    private final KeyOrder order;
    private final Partition partition;
    private final PartitionRestorer restorer;
    private final Replayer replayer;
    private final PartitionClock clock = new PartitionClock();
    private final ReplyCache replyCache = new ReplyCache();
    /** Null if no session ends to make room. */
    private @Nullable Eviction eviction;
    /** The node that worked on it last; null on a node to which it has just come. */
    private @Nullable PartitionHost lastHost;
    /** Null until an owner with events has worked on it. */
    private @Nullable Outbox outbox;
    /** The name of the state that the copies must be in. */
    private long state;
    /** The bound of revisions that the copies know; see {@link RevisionClock}. */
    private long ceiling;
    /** Whether another node was the owner last, which may have given out revisions up to the ceiling. */
    private boolean takenOver;

    /**
     * The outcome of a batch.
     *
     * @param result a {@link BatchResult}
     * @param change the change that the copies must have before the result may leave; null if nothing changed
     */
    public record Executed(byte[] result, @Nullable PartitionChange change) {}

    /**
     * The outcome of a sweep.
     *
     * @param change the change for the copies; null if nothing changed
     * @param more whether more sessions may have expired
     */
    public record Swept(@Nullable PartitionChange change, boolean more) {}

    /**
     * Creates an empty partition.
     *
     * @param order the order of keys in lists, which is the same on all nodes
     */
    public ReplicatedPartition(KeyOrder order) {
        this.order = order;
        this.partition = new Partition(listeners, memory, order);
        this.restorer = partition.restorer();
        this.replayer = new Replayer(new ReplayTarget() {
            @Override
            public PartitionRestorer ofToken(long token) {
                return restorer;
            }

            @Override
            public PartitionRestorer ofKey(byte[] text, int from, int to) {
                return restorer;
            }
        });
    }

    /** Executes a batch, or answers it from the reply cache. On the owner. */
    public Executed execute(PartitionBatch batch, BatchRunner runner) {
        PartitionHost host = runner.host();
        workOn(host);
        long nowMs = clock.now(host.localMs().getAsLong());
        ReplyCache.Entry last = replyCache.get(batch.dispatcher());
        if (last != null && batch.number() <= last.number() && (batch.number() < last.number() || last.once())) {
            return again(batch, last, nowMs);
        }
        byte[] result = runner.run(
                batch,
                new OnePartition(batch.partition(), partition, host.stores(), listeners, eviction),
                nowMs,
                changes);
        PartitionChange change = takeChange(nowMs, batch, result, host);
        long monotonicMs = host.monotonicMs().getAsLong();
        replyCache.put(
                batch.dispatcher(), batch.number(), change != null || runner.once(), toKeep(result), monotonicMs);
        replyCache.prune(monotonicMs, OWNER_KEEPS * host.keepMs());
        return new Executed(result, change);
    }

    private void workOn(PartitionHost host) {
        arriveOn(host);
        if (outbox == null && host.outboxes() != null) {
            outbox = host.outboxes().get();
            listeners.add(outbox.listener());
        }
        if (takenOver) {
            takenOver = false;
            long nowMs = clock.now(host.localMs().getAsLong());
            partition
                    .revisions()
                    .continueApart(
                            Math.max(ceiling, micros(nowMs)), host.states().getAsLong());
        }
    }

    private static long micros(long ms) {
        return ms * RevisionClock.MICROS_PER_MS;
    }

    /** Raises the ceiling if the revisions come close to it. It leaves with the change that needs it. */
    private long raisedCeiling(long nowMs) {
        long reached = Math.max(partition.revisions().last(), micros(nowMs));
        if (reached + RevisionClock.CEILING_AHEAD / 2 > ceiling) {
            ceiling = reached + RevisionClock.CEILING_AHEAD;
        }
        return ceiling;
    }

    private Executed again(PartitionBatch batch, ReplyCache.Entry last, long nowMs) {
        byte[] result = batch.number() == last.number() ? last.result() : null;
        return result == null
                ? new Executed(BatchResult.forgotten(), null)
                : new Executed(result, PartitionChange.confirmation(state, nowMs, ceiling));
    }

    /** Returns the change of a batch for the copies; null if the batch changed nothing. */
    private @Nullable PartitionChange takeChange(long nowMs, PartitionBatch batch, byte[] result, PartitionHost host) {
        changes.writeTouched();
        if (changes.size() == 0 && !batch.fence()) {
            return null;
        }
        PayloadChunk chunk = takeChanges();
        long previous = nextState(host);
        return new PartitionChange(
                previous,
                state,
                nowMs,
                raisedCeiling(nowMs),
                chunk.array(),
                chunk.ends(),
                batch.dispatcher(),
                batch.number(),
                toKeep(result));
    }

    private static byte @Nullable [] toKeep(byte[] result) {
        return result.length <= RESULT_BYTES_KEPT ? result : null;
    }

    private PayloadChunk takeChanges() {
        return changes.size() == 0 ? new PayloadChunk(0) : changes.take(0);
    }

    /** Goes to a new state; returns the previous one. */
    private long nextState(PartitionHost host) {
        long previous = state;
        state = host.states().getAsLong();
        return previous;
    }

    /** Reclaims expired sessions, and forgets old batches. On the owner. */
    public Swept sweep(PartitionHost host) {
        workOn(host);
        long nowMs = clock.now(host.localMs().getAsLong());
        boolean more = partition.sweep(nowMs, SWEEP_MAX) == SWEEP_MAX;
        if (eviction != null) {
            eviction.restoreMargin(List.of(partition), host.memory(), nowMs);
        }
        changes.commandEnd();
        boolean forgotten = replyCache.prune(host.monotonicMs().getAsLong(), OWNER_KEEPS * host.keepMs());
        if (changes.size() == 0 && !forgotten) {
            return new Swept(null, more);
        }
        PayloadChunk chunk = takeChanges();
        long previous = nextState(host);
        return new Swept(change(previous, nowMs, chunk), more);
    }

    private PartitionChange change(long previous, long nowMs, PayloadChunk chunk) {
        return new PartitionChange(
                previous, state, nowMs, raisedCeiling(nowMs), chunk.array(), chunk.ends(), null, 0, null);
    }

    /** Returns a change that asks the copies whether they have all changes so far. On the owner. */
    public PartitionChange confirmation(PartitionHost host) {
        return PartitionChange.confirmation(state, clock.now(host.localMs().getAsLong()), ceiling);
    }

    /** Returns the outbox of events; null if events are disabled. On the owner. */
    public @Nullable Outbox outbox() {
        return outbox;
    }

    /**
     * Applies a change of the owner. On a copy.
     *
     * @throws StaleCopyException if the copy has missed a change
     */
    public void apply(PartitionChange change, PartitionHost host) {
        if (change.previous() != state) {
            throw new StaleCopyException();
        }
        arriveOn(host);
        // It may have been the owner once.
        partition.dropPendingTransfers();
        if (outbox != null) {
            outbox.clear();
        }
        clock.set(change.nowMs(), host.localMs().getAsLong());
        ceiling = Math.max(ceiling, change.ceiling());
        takenOver = true;
        if (change.isConfirmation()) {
            return;
        }
        int from = 0;
        for (int end : change.ends()) {
            replayer.accept(change.payloads(), from, end);
            from = end;
        }
        long monotonicMs = host.monotonicMs().getAsLong();
        if (change.dispatcher() != null) {
            replyCache.put(change.dispatcher(), change.number(), true, change.result(), monotonicMs);
        }
        replyCache.prune(monotonicMs, COPY_KEEPS * host.keepMs());
        state = change.next();
    }

    /**
     * Merges two versions of a partition after a split of the cluster. Of each session it keeps the version that
     * changed last, and a session that only one side has. Of the global key space it keeps all keys; if both sides have
     * a key, it keeps the record that changed last. The time of {@code stays} goes on; each session keeps its remaining
     * time.
     *
     * @param stays the version of the side that the other side joins again
     */
    public static ReplicatedPartition merged(ReplicatedPartition stays, ReplicatedPartition comes, PartitionHost host) {
        ReplicatedPartition merged = new ReplicatedPartition(stays.order);
        long localMs = host.localMs().getAsLong();
        long nowMs = stays.clock.now(localMs);
        merged.clock.set(nowMs, localMs);
        long aheadMs = nowMs - comes.clock.lastMs();
        stays.partition.forEachSession(session -> merged.copy(session, 0));
        comes.partition.forEachSession(session -> {
            Session other = merged.restorer.find(session.token());
            if (other == null || session.revision() > other.revision()) {
                merged.copy(session, aheadMs);
            }
        });
        merged.copyGlobal(stays, 0);
        merged.copyGlobal(comes, aheadMs);
        merged.ceiling = Math.max(stays.ceiling, comes.ceiling);
        RevisionClock revisions = merged.partition.revisions();
        revisions.continueApart(
                Math.max(Math.max(revisions.last(), merged.ceiling), micros(nowMs)),
                host.states().getAsLong());
        revisions.forgetHistory();
        merged.replyCache.addAll(stays.replyCache);
        merged.replyCache.addAll(comes.replyCache);
        merged.nextState(host);
        return merged;
    }

    /** Copies a session, whose end moves by the difference between the clocks of the two partitions. */
    private void copy(Session session, long aheadMs) {
        replay(SessionSnapshot.of(session));
        restorer.shiftEnd(requireNonNull(restorer.find(session.token())), aheadMs);
    }

    /** Copies the global keys that changed later than those that are here. */
    private void copyGlobal(ReplicatedPartition other, long aheadMs) {
        other.partition.globalKeys().forEachHeld(keyRecord -> {
            byte[] here = restorer.findGlobal(keyRecord, KeyRecord.keyFrom(keyRecord), KeyRecord.keyTo(keyRecord));
            if (here == null || KeyRecord.revision(keyRecord) > KeyRecord.revision(here)) {
                restorer.putGlobal(KeyRecord.shifted(keyRecord, aheadMs));
            }
        });
    }

    private void replay(SessionSnapshot snapshot) {
        try {
            snapshot.writeTo(replayer::accept);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    private void arriveOn(PartitionHost host) {
        lastHost = host;
        if (memory.budget() != host.memory()) {
            memory.moveTo(host.memory());
            replyCache.memory().moveTo(host.memory());
            eviction = host.memory().limits().evicts() ? new Eviction(host.states()::getAsLong) : null;
        }
    }

    /**
     * Stops counting the partition on its node, because the node does not hold it any more.
     *
     * <p>Thread: any, if no other uses the partition.
     */
    public void leave() {
        memory.moveTo(MemoryBudget.unlimited());
        replyCache.memory().moveTo(MemoryBudget.unlimited());
    }

    /** Returns the partition itself; only for readers on its thread, while no batch runs. */
    public Partition partition() {
        return partition;
    }

    /** Returns how many dispatchers the reply cache knows. */
    int remembered() {
        return replyCache.size();
    }

    /** Writes the whole partition for a new copy or a new owner; {@link PartitionSnapshot} has the format. */
    public void write(DataOutput out) throws IOException {
        // The snapshot has the current time, so that the clock loses only the time of the transfer.
        long nowMs =
                lastHost == null ? clock.lastMs() : clock.now(lastHost.localMs().getAsLong());
        RevisionClock revisions = partition.revisions();
        PartitionSnapshot.write(
                out,
                new PartitionSnapshot.Header(state, nowMs, revisions.last(), ceiling, revisions.floor()),
                partition);
        replyCache.write(out);
    }

    /** Reads the bytes of {@link #write} into a new partition; the caller calls {@link #arrive} next. */
    public void read(DataInput in) throws IOException {
        PartitionSnapshot.Header read = PartitionSnapshot.read(in, replayer);
        state = read.state();
        clock.set(read.nowMs(), 0);
        partition.revisions().restore(read.lastRevision(), read.floor());
        ceiling = read.ceiling();
        takenOver = true;
        replyCache.read(in);
    }

    /** Continues the time that came with the partition, on the clocks of the node that it came to. */
    public void arrive(PartitionHost host) {
        arriveOn(host);
        clock.set(clock.lastMs(), host.localMs().getAsLong());
        replyCache.used(host.monotonicMs().getAsLong());
    }
}
