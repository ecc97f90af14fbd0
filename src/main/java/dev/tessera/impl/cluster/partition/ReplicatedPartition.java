package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.journal.PayloadChunk;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.journal.change.ReplayTarget;
import dev.tessera.impl.journal.change.Replayer;
import dev.tessera.impl.journal.change.SessionSnapshot;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.PartitionRestorer;
import dev.tessera.impl.session.Session;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A partition on its owner, or a copy of it.
 *
 * <p>The owner executes batches and makes of each a change, which the copies apply. A change fits one state: each state
 * has a name, and a copy that is in another state has missed something and refuses, so that what it did not get is not
 * acknowledged. A batch that comes again is answered from memory, and the copies are asked whether they have its
 * change.
 *
 * <p>Thread: the one that Hazelcast has for the partition.
 */
public final class ReplicatedPartition {

    /** How many sessions a sweep looks at before other work gets its turn. */
    private static final int SWEEP_MAX = 1000;
    /** A larger result is not remembered: a single read that was large, or writes that were many. */
    private static final int RESULT_BYTES_KEPT = 1024 * 1024;
    /** A copy forgets sooner than the owner does, so that it need not be told exactly what. */
    private static final int COPY_KEEPS = 2;

    private static final int OWNER_KEEPS = 3;

    private final ChangeWriter changes = new ChangeWriter();
    private final ChangeStamps stamps = new ChangeStamps(changes);
    private final Partition partition = new Partition(stamps);
    private final PartitionRestorer restorer = partition.restorer();
    private final Replayer replayer = new Replayer(new ReplayTarget() {
        @Override
        public PartitionRestorer ofToken(long token) {
            return restorer;
        }

        @Override
        public PartitionRestorer ofKey(byte[] text, int from, int to) {
            return restorer;
        }
    });
    private final PartitionClock clock = new PartitionClock();
    private final ReplyCache memory = new ReplyCache();
    /** The node on which it was last worked on; null on one to which it has just come. */
    private PartitionHost lastHost;
    /** Null while there was nobody to tell. */
    private Outbox outbox;
    /** The name of the state that the copies must be in. */
    private long state;

    /**
     * What came of a batch.
     *
     * @param result a {@link BatchResult}
     * @param change what the copies must be told before the result may be given to anybody; null where there is nothing
     */
    public record Executed(byte[] result, PartitionChange change) {}

    /**
     * What came of a sweep.
     *
     * @param change what the copies are told; null where there is nothing
     * @param more whether more sessions may be over
     */
    public record Swept(PartitionChange change, boolean more) {}

    /** Executes a batch, or answers it from memory. On the owner. */
    public Executed execute(PartitionBatch batch, BatchRunner runner) {
        PartitionHost host = runner.host();
        workOn(host);
        long nowMs = clock.now(host.wallMs().getAsLong());
        ReplyCache.Entry last = memory.get(batch.dispatcher());
        if (last != null && batch.number() <= last.number() && (batch.number() < last.number() || last.once())) {
            return again(batch, last, nowMs);
        }
        stamps.at(nowMs);
        byte[] result = runner.run(
                batch, new OnePartition(batch.partition(), partition, host.stores(), stamps), nowMs, changes);
        PartitionChange change = takeChange(nowMs, batch, result, host);
        long monotonicMs = host.monotonicMs().getAsLong();
        memory.put(batch.dispatcher(), batch.number(), change != null || runner.once(), toKeep(result), monotonicMs);
        memory.prune(monotonicMs, OWNER_KEEPS * host.keepMs());
        return new Executed(result, change);
    }

    private void workOn(PartitionHost host) {
        lastHost = host;
        if (outbox == null && host.outboxes() != null) {
            outbox = host.outboxes().get();
            stamps.add(outbox.listener());
        }
    }

    private Executed again(PartitionBatch batch, ReplyCache.Entry last, long nowMs) {
        boolean known = batch.number() == last.number() && last.result() != null;
        return new Executed(
                known ? last.result() : BatchResult.forgotten(),
                known ? PartitionChange.confirmation(state, nowMs) : null);
    }

    /** What the copies are to be told of a batch; null where it has changed nothing. */
    private PartitionChange takeChange(long nowMs, PartitionBatch batch, byte[] result, PartitionHost host) {
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
                chunk.array(),
                chunk.ends(),
                batch.dispatcher(),
                batch.number(),
                toKeep(result));
    }

    private static byte[] toKeep(byte[] result) {
        return result.length <= RESULT_BYTES_KEPT ? result : null;
    }

    private PayloadChunk takeChanges() {
        return changes.size() == 0 ? new PayloadChunk(0) : changes.take(0);
    }

    /** Goes to a new state; gives the one before it. */
    private long nextState(PartitionHost host) {
        long previous = state;
        state = host.states().getAsLong();
        return previous;
    }

    /** Reclaims sessions that are over, and forgets batches. On the owner. */
    public Swept sweep(PartitionHost host) {
        workOn(host);
        long nowMs = clock.now(host.wallMs().getAsLong());
        stamps.at(nowMs);
        boolean more = partition.sweep(nowMs, SWEEP_MAX) == SWEEP_MAX;
        changes.commandEnd();
        boolean forgotten = memory.prune(host.monotonicMs().getAsLong(), OWNER_KEEPS * host.keepMs());
        if (changes.size() == 0 && !forgotten) {
            return new Swept(null, more);
        }
        PayloadChunk chunk = takeChanges();
        long previous = nextState(host);
        return new Swept(new PartitionChange(previous, state, nowMs, chunk.array(), chunk.ends(), null, 0, null), more);
    }

    /** Asks the copies whether they have all that was executed so far. On the owner. */
    public PartitionChange confirmation(PartitionHost host) {
        return PartitionChange.confirmation(state, clock.now(host.wallMs().getAsLong()));
    }

    /** What waits to be told of it; null where there was nobody to tell. On the owner. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Applies what the owner has done. On a copy.
     *
     * @throws StaleCopyException where the copy has missed something
     */
    public void apply(PartitionChange change, PartitionHost host) {
        if (change.previous() != state) {
            throw new StaleCopyException();
        }
        lastHost = host;
        // It may have been the owner once.
        partition.dropPendingTransfers();
        if (outbox != null) {
            outbox.clear();
        }
        clock.set(change.nowMs(), host.wallMs().getAsLong());
        if (change.isConfirmation()) {
            return;
        }
        restorer.changedAt(change.nowMs());
        int from = 0;
        for (int end : change.ends()) {
            replayer.accept(change.payloads(), from, end);
            from = end;
        }
        long monotonicMs = host.monotonicMs().getAsLong();
        if (change.dispatcher() != null) {
            memory.put(change.dispatcher(), change.number(), true, change.result(), monotonicMs);
        }
        memory.prune(monotonicMs, COPY_KEEPS * host.keepMs());
        state = change.next();
    }

    /**
     * Makes one of two that were the same before the cluster was split: of each session the version that was changed
     * last, and of everybody's keys all, with the value of the one that stays where both have one. A session that only
     * one side has is kept.
     *
     * @param stays of the side to which the other comes back
     */
    public static ReplicatedPartition merged(ReplicatedPartition stays, ReplicatedPartition comes, PartitionHost host) {
        ReplicatedPartition merged = new ReplicatedPartition();
        stays.partition.forEachSession(merged::copy);
        comes.partition.forEachSession(session -> {
            Session other = merged.restorer.find(session.token());
            if (other == null || session.changedMs() > other.changedMs()) {
                merged.copy(session);
            }
        });
        merged.copyGlobal(comes);
        merged.copyGlobal(stays);
        merged.memory.addAll(stays.memory);
        merged.memory.addAll(comes.memory);
        merged.clock.set(
                stays.clock.now(host.wallMs().getAsLong()), host.wallMs().getAsLong());
        merged.nextState(host);
        return merged;
    }

    private void copy(Session session) {
        restorer.changedAt(session.changedMs());
        replay(SessionSnapshot.of(session));
    }

    private void copyGlobal(ReplicatedPartition other) {
        if (other.partition.globalKeys().size() > 0) {
            replay(SessionSnapshot.ofGlobal(other.partition.globalKeys()));
        }
    }

    private void replay(SessionSnapshot image) {
        try {
            image.writeTo(replayer::accept);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is no device", e);
        }
    }

    /** The partition itself, for who looks at it while nothing is executed. */
    public Partition partition() {
        return partition;
    }

    /** How many dispatchers are remembered. */
    int remembered() {
        return memory.size();
    }

    /** Writes all of it, for a new copy or a new owner; {@link PartitionSnapshot} has the format. */
    public void write(DataOutput out) throws IOException {
        // The image has the time of this moment, so that the partition loses none but what the way takes.
        long nowMs =
                lastHost == null ? clock.lastMs() : clock.now(lastHost.wallMs().getAsLong());
        PartitionSnapshot.write(out, state, nowMs, partition);
        memory.write(out);
    }

    /** Reads what {@link #write} wrote, into a partition that was just made; {@link #arrive} is to be called next. */
    public void read(DataInput in) throws IOException {
        long[] read = PartitionSnapshot.read(in, restorer, replayer);
        state = read[0];
        clock.set(read[1], 0);
        memory.read(in);
    }

    /** Goes on with the time that came with it, on the clocks of the node to which it came. */
    public void arrive(PartitionHost host) {
        lastHost = host;
        clock.set(clock.lastMs(), host.wallMs().getAsLong());
        memory.used(host.monotonicMs().getAsLong());
    }
}
