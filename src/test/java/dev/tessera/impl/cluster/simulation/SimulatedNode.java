package dev.tessera.impl.cluster.simulation;

import dev.tessera.impl.cluster.partition.BatchRunner;
import dev.tessera.impl.cluster.partition.ClientId;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.DeferredReplySource;
import dev.tessera.impl.cluster.partition.PartitionHost;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.KeyOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A node from its start to its death. Its wall clock differs from that of all others. */
final class SimulatedNode implements DeferredReplySource {

    private static final KeyOrder ORDER = KeyOrder.under(new byte[32]);

    static final int REPLY_BYTES_MAX = 1024 * 1024;
    private static final long WALL_MS = 1_800_000_000_000L;
    private static final int SKEW_MS_MAX = 24 * 3600 * 1000;

    private record Pending(Deferred later, Request request) {}

    final UUID id;
    final PartitionHost host;
    final BatchRunner runner;
    private final Map<Integer, ReplicatedPartition> partitions = new HashMap<>();
    private final Map<Long, Pending> pending = new HashMap<>();
    private long nextPending;
    private final long stepNs;
    private long steps;
    boolean alive = true;

    SimulatedNode(SimulatedTime time, Random random, Commands commands, StoreMap stores, long keepMs) {
        id = new UUID(random.nextLong(), random.nextLong());
        // Each look at the clock takes a part of the time of a batch, so that some batches are cut short.
        stepNs = 1L + random.nextInt(12_000_000);
        long wallMs = WALL_MS + random.nextInt(SKEW_MS_MAX);
        host = new PartitionHost(
                commands,
                stores,
                64,
                REPLY_BYTES_MAX,
                300,
                keepMs,
                () -> wallMs + time.nowMs(),
                time::nowMs,
                () -> steps += stepNs,
                random::nextLong,
                this,
                null,
                MemoryBudget.unlimited());
        runner = new BatchRunner(host);
    }

    ReplicatedPartition partition(int number) {
        return partitions.computeIfAbsent(number, absent -> new ReplicatedPartition(ORDER));
    }

    void drop(int number) {
        partitions.remove(number);
    }

    byte[] write(int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            partition(number).write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void read(int number, byte[] bytes) {
        ReplicatedPartition partition = new ReplicatedPartition(ORDER);
        try {
            partition.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        partition.arrive(host);
        partitions.put(number, partition);
    }

    @Override
    public DeferredId offer(Deferred later, Request request, ClientId client) {
        pending.put(nextPending, new Pending(later, request));
        return new DeferredId(id, nextPending++);
    }

    byte[] writeLater(long number) {
        Pending one = pending.remove(number);
        return one == null ? null : AnswerGuard.writeDeferred(one.later(), one.request(), REPLY_BYTES_MAX, () -> false);
    }
}
