package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ImportChunk;
import dev.tessera.impl.command.transfer.ImportCommand;
import dev.tessera.impl.command.transfer.ImportReply;
import dev.tessera.impl.dataset.DatasetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What partitions are asked to take: rounds of chunks, of which few are under way. Thread: a worker. */
final class ImportRounds {

    private static final int UNDER_WAY_MAX = 2;

    /** Where there is no room for a round now, such as in the journal, it is made meanwhile. */
    private static final int AGAIN_AFTER_MS = 20;

    private static final int AGAIN_SECONDS_MAX = 60;

    /** What a partition was asked to take. */
    private record Asked(int partition, byte[] argument, CompletableFuture<byte[]> reply) {}

    private final PartitionClient calls;
    private final TransferProgress progress;
    private final StopSignal stop;
    private final Deque<List<Asked>> underWay = new ArrayDeque<>();

    /**
     * None yet.
     *
     * @param progress counts what the partitions have taken
     * @param stop ends its waiting for room
     */
    ImportRounds(PartitionClient calls, TransferProgress progress, StopSignal stop) {
        this.calls = calls;
        this.progress = progress;
        this.stop = stop;
    }

    /** Sends a chunk to each of some partitions, and waits until there is room for the next round. */
    void send(Map<Integer, ImportChunk> chunks) throws DatasetException {
        List<Asked> round = new ArrayList<>(chunks.size());
        chunks.forEach((partition, chunk) -> round.add(ask(partition, chunk.take())));
        underWay.add(round);
        while (underWay.size() > UNDER_WAY_MAX) {
            awaitOldest();
        }
    }

    /** Has a partition drop the pieces that it has of a session, without waiting. */
    void abort(int partition, long id) {
        underWay.add(List.of(ask(partition, ImportChunk.abort(id))));
    }

    /** Waits for all that is under way, though some of it fail. */
    void awaitAll() throws DatasetException {
        DatasetException failure = null;
        while (!underWay.isEmpty()) {
            try {
                awaitOldest();
            } catch (PieceLostException e) {
                failure = failure == null ? e : failure;
            } catch (DatasetException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void awaitOldest() throws DatasetException {
        DatasetException failure = null;
        for (Asked asked : underWay.remove()) {
            try {
                ImportReply reply = reply(asked);
                progress.add(reply.sessions(), reply.keys());
                if (!reply.refusal().isEmpty()) {
                    failure = reply.lost()
                            ? new PieceLostException(reply.refusal())
                            : new DatasetException(reply.refusal());
                }
            } catch (DatasetException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private Asked ask(int partition, byte[] argument) {
        return new Asked(partition, argument, calls.ask(ImportCommand.INSTANCE, partition, argument));
    }

    /**
     * Waits for the reply, and asks again where a partition cannot take it now. If the next piece of its session has
     * overtaken it, that one is refused as lost, and the session begins again.
     */
    private ImportReply reply(Asked asked) throws DatasetException {
        byte[] bytes = PartitionClient.await(asked.reply());
        ImportReply reply = ImportReply.of(bytes);
        for (int tries = AGAIN_SECONDS_MAX * 1000 / AGAIN_AFTER_MS; reply == null; tries--) {
            Refusal refusal = Refusal.of(bytes);
            if (!refusal.isForNow() || tries == 0) {
                throw refusal.asException();
            }
            stop.pause(AGAIN_AFTER_MS);
            bytes = PartitionClient.await(calls.ask(ImportCommand.INSTANCE, asked.partition(), asked.argument()));
            reply = ImportReply.of(bytes);
        }
        return reply;
    }
}
