package dev.tessera.impl.cluster.simulation;

import dev.tessera.impl.cluster.commit.CallOutcome;
import dev.tessera.impl.cluster.commit.PartitionCalls;
import dev.tessera.impl.cluster.partition.BatchResult;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.cluster.partition.PartitionChange;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.cluster.partition.StaleCopyException;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.work.Requester;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Nodes with an owner and one copy of each partition. They keep the promises of Hazelcast and no others: batches,
 * changes and answers get lost, come late or twice; owners die, and the copy becomes the owner; partitions move. A
 * change is acknowledged after the copy has applied it, or at once if there is no copy. Changes from one node to
 * another arrive in order.
 */
final class SimulatedCluster implements PartitionCalls {

    private static final int NODES = 3;
    private static final int CALL_TIMEOUT_MS = 700;
    private static final int NOTICED_MS_MAX = 400;
    private static final int COPY_CHECK_MS = 2000;

    private final SimulatedTime time;
    private final Random random;
    private final Weather weather;
    private final Commands commands;
    private final StoreMap stores;
    private final long keepMs;
    private final SimulatedNode[] nodes = new SimulatedNode[NODES];
    private final SimulatedNode[] owners;
    private final SimulatedNode[] copies;
    /** Whether the copy of a partition has the snapshot of the moment when it became the copy. */
    private final boolean[] whole;
    /** The arrival of the last change from one node to another. */
    private final Map<List<SimulatedNode>, Long> lastArrivals = new HashMap<>();

    int deaths;
    int moves;
    int staleCopies;

    SimulatedCluster(
            SimulatedTime time, Random random, Weather weather, Commands commands, StoreMap stores, long keepMs) {
        this.time = time;
        this.random = random;
        this.weather = weather;
        this.commands = commands;
        this.stores = stores;
        this.keepMs = keepMs;
        this.owners = new SimulatedNode[stores.partitionCount()];
        this.copies = new SimulatedNode[owners.length];
        this.whole = new boolean[owners.length];
        for (int i = 0; i < NODES; i++) {
            nodes[i] = newNode();
        }
        for (int p = 0; p < owners.length; p++) {
            owners[p] = nodes[p % NODES];
            copies[p] = nodes[(p + 1) % NODES];
            whole[p] = true;
        }
        time.every(200, this::sweep);
    }

    private SimulatedNode newNode() {
        return new SimulatedNode(time, random, commands, stores, keepMs);
    }

    // ---- calls

    @Override
    public void execute(PartitionBatch batch, Consumer<CallOutcome> done) {
        SimulatedNode owner = owners[batch.partition()];
        Attempt attempt = new Attempt(done);
        if (owner == null) {
            time.after(weather.shortDelayMs(), () -> attempt.end(CallOutcome.of(CallOutcome.Kind.NOT_NOW, "no owner")));
            return;
        }
        time.after(CALL_TIMEOUT_MS, () -> attempt.end(CallOutcome.of(CallOutcome.Kind.UNKNOWN, "no answer")));
        // A dispatcher on the owner's node hands over the requests themselves. Others send bytes, which do not change
        // after they have left.
        byte[] bytes = random.nextInt(NODES) == 0 ? null : bytes(batch::write);
        if (!weather.lost()) {
            time.after(weather.delayMs(), () -> arrive(owner, batch, bytes, attempt));
        }
        if (weather.repeated()) {
            time.after(weather.delayMs() + weather.delayMs(), () -> arrive(owner, batch, bytes, attempt));
        }
    }

    private void arrive(SimulatedNode node, PartitionBatch batch, byte[] bytes, Attempt attempt) {
        if (!node.alive) {
            attempt.end(CallOutcome.of(CallOutcome.Kind.UNKNOWN, "the node has died"));
            return;
        }
        int partition = batch.partition();
        if (owners[partition] != node) {
            attempt.end(CallOutcome.of(CallOutcome.Kind.NOT_NOW, "not the owner"));
            return;
        }
        ReplicatedPartition.Executed executed =
                node.partition(partition).execute(bytes == null ? batch : read(bytes), node.runner);
        Runnable answer = () -> {
            if (!weather.lost()) {
                time.after(
                        weather.delayMs(), () -> attempt.end(CallOutcome.answered(new BatchResult(executed.result()))));
            }
        };
        if (executed.change() == null) {
            answer.run();
        } else {
            replicate(partition, node, executed.change(), answer);
        }
    }

    private void replicate(int partition, SimulatedNode owner, PartitionChange change, Runnable acknowledged) {
        SimulatedNode copy = copies[partition];
        if (copy == null) {
            acknowledged.run();
            return;
        }
        if (weather.lost()) {
            time.after(COPY_CHECK_MS, () -> copyAnew(partition));
            return;
        }
        byte[] bytes = bytes(change::write);
        inOrder(owner, copy, () -> {
            if (copies[partition] == copy) {
                apply(partition, copy, bytes, acknowledged);
            }
        });
    }

    private void apply(int partition, SimulatedNode copy, byte[] bytes, Runnable acknowledged) {
        try {
            copy.partition(partition).apply(PartitionChange.read(in(bytes)), copy.host);
            acknowledged.run();
        } catch (StaleCopyException e) {
            staleCopies++;
            time.after(COPY_CHECK_MS, () -> copyAnew(partition));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deferredReply(DeferredId id, Requester client, Consumer<byte[]> done) {
        time.after(weather.shortDelayMs(), () -> {
            for (SimulatedNode node : nodes) {
                if (node.id.equals(id.node()) && node.alive && !weather.lost()) {
                    done.accept(node.writeLater(id.number()));
                    return;
                }
            }
            done.accept(null);
        });
    }

    @Override
    public void after(long ms, Runnable action) {
        time.after(ms, action);
    }

    @Override
    public long monotonicMs() {
        return time.nowMs();
    }

    /** One attempt of a call; it ends once. */
    private static final class Attempt {

        private Consumer<CallOutcome> done;

        private Attempt(Consumer<CallOutcome> done) {
            this.done = done;
        }

        private void end(CallOutcome outcome) {
            if (done != null) {
                Consumer<CallOutcome> told = done;
                done = null;
                told.accept(outcome);
            }
        }
    }

    // ---- faults of nodes and moves of partitions

    /** Kills a node, unless it has the only version of a partition, and starts another in its place. */
    void killOne() {
        for (int p = 0; p < owners.length; p++) {
            if (owners[p] == null || copies[p] == null || !whole[p]) {
                return;
            }
        }
        deaths++;
        int number = random.nextInt(NODES);
        SimulatedNode dead = nodes[number];
        dead.alive = false;
        nodes[number] = newNode();
        for (int p = 0; p < owners.length; p++) {
            int partition = p;
            if (owners[p] == dead) {
                SimulatedNode heir = copies[p];
                owners[p] = null;
                copies[p] = null;
                time.after(random.nextInt(NOTICED_MS_MAX), () -> {
                    owners[partition] = heir;
                    heir.partition(partition);
                    newCopyLater(partition);
                });
            } else if (copies[p] == dead) {
                copies[p] = null;
                newCopyLater(partition);
            }
        }
    }

    private void newCopyLater(int partition) {
        whole[partition] = false;
        time.after(random.nextInt(NOTICED_MS_MAX), () -> {
            if (owners[partition] != null && copies[partition] == null) {
                copies[partition] = otherThan(owners[partition]);
                copies[partition].drop(partition);
                copyAnew(partition);
            }
        });
    }

    private SimulatedNode otherThan(SimulatedNode one) {
        int number = random.nextInt(NODES);
        return nodes[number] == one ? nodes[(number + 1) % NODES] : nodes[number];
    }

    /** Sends a snapshot of the owner to the copy, after the changes that are on their way. */
    private void copyAnew(int partition) {
        SimulatedNode owner = owners[partition];
        SimulatedNode copy = copies[partition];
        if (owner == null || copy == null) {
            return;
        }
        byte[] bytes = owner.write(partition);
        inOrder(owner, copy, () -> {
            if (copies[partition] == copy && owners[partition] == owner && copy.alive) {
                copy.read(partition, bytes);
                whole[partition] = true;
            }
        });
    }

    /** Moves a partition to another owner, as when nodes join and leave in order. */
    void moveOne() {
        int partition = random.nextInt(owners.length);
        SimulatedNode from = owners[partition];
        if (from == null || !whole[partition]) {
            return;
        }
        moves++;
        SimulatedNode to = otherThan(from);
        byte[] bytes = from.write(partition);
        owners[partition] = null;
        time.after(random.nextInt(50), () -> {
            to.read(partition, bytes);
            owners[partition] = to;
            if (copies[partition] == to || copies[partition] == null) {
                copies[partition] = from;
                copyAnew(partition);
            } else {
                from.drop(partition);
            }
        });
    }

    private void inOrder(SimulatedNode from, SimulatedNode to, Runnable arrival) {
        List<SimulatedNode> link = List.of(from, to);
        long atMs = Math.max(lastArrivals.getOrDefault(link, 0L), time.nowMs() + weather.shortDelayMs());
        lastArrivals.put(link, atMs);
        time.after(atMs - time.nowMs(), () -> {
            if (to.alive) {
                arrival.run();
            }
        });
    }

    private void sweep() {
        for (int p = 0; p < owners.length; p++) {
            SimulatedNode owner = owners[p];
            if (owner != null) {
                ReplicatedPartition.Swept swept = owner.partition(p).sweep(owner.host);
                if (swept.change() != null) {
                    replicate(p, owner, swept.change(), () -> {});
                }
            }
        }
    }

    /** Throws if a partition contradicts itself, or if owner and copy differ after all messages have arrived. */
    void checkAtRest() {
        for (int p = 0; p < owners.length; p++) {
            if (owners[p] == null || copies[p] == null) {
                throw new AssertionError("partition " + p + " is not whole");
            }
            owners[p].partition(p).partition().checkInvariants();
            copies[p].partition(p).partition().checkInvariants();
            if (!Dump.of(owners[p].partition(p).partition())
                    .equals(Dump.of(copies[p].partition(p).partition()))) {
                throw new AssertionError("owner and copy differ:\n"
                        + Dump.of(owners[p].partition(p).partition()) + "\n"
                        + Dump.of(copies[p].partition(p).partition()));
            }
        }
    }

    /** Sends a snapshot to every copy that has missed a change. */
    void heal() {
        for (int p = 0; p < owners.length; p++) {
            copyAnew(p);
        }
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static PartitionBatch read(byte[] bytes) {
        try {
            return PartitionBatch.read(in(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
