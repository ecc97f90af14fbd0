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

/** Sends rounds of chunks to partitions, a few rounds at a time. Thread: a worker. */
final class ImportRounds {

    private static final int IN_FLIGHT_MAX = 2;

    /** The pause before a refused chunk is sent again. The journal, for example, may have space then. */
    private static final int RETRY_PAUSE_MS = 20;

    private static final int RETRY_SECONDS_MAX = 60;

    /** A chunk that was sent to a partition. */
    private record Sent(int partition, byte[] argument, CompletableFuture<byte[]> reply) {}

    private final PartitionClient partitions;
    private final TransferProgress progress;
    private final JobSignal signal;
    private final Deque<List<Sent>> inFlight = new ArrayDeque<>();

    /**
     * Creates an instance without rounds.
     *
     * @param progress counts the accepted sessions and keys
     * @param signal ends the job, and interrupts the pauses
     */
    ImportRounds(PartitionClient partitions, TransferProgress progress, JobSignal signal) {
        this.partitions = partitions;
        this.progress = progress;
        this.signal = signal;
    }

    /** Sends a chunk to each of some partitions, and waits until another round may be sent. */
    void send(Map<Integer, ImportChunk> chunks) throws DatasetException {
        List<Sent> round = new ArrayList<>(chunks.size());
        chunks.forEach((partition, chunk) -> round.add(ask(partition, chunk.take())));
        inFlight.add(round);
        while (inFlight.size() > IN_FLIGHT_MAX) {
            awaitOldest();
        }
    }

    /** Lets a partition drop its chunks of an incomplete session, without waiting. */
    void abort(int partition, long id) {
        inFlight.add(List.of(ask(partition, ImportChunk.abort(id))));
    }

    /** Waits for all rounds, even if some of them fail. */
    void awaitAll() throws DatasetException {
        DatasetException failure = null;
        while (!inFlight.isEmpty()) {
            try {
                awaitOldest();
            } catch (ChunkLostException e) {
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
        for (Sent sent : inFlight.remove()) {
            try {
                ImportReply reply = reply(sent);
                progress.add(reply.sessions(), reply.keys());
                if (!reply.refusal().isEmpty()) {
                    failure = reply.lost()
                            ? new ChunkLostException(reply.refusal())
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

    private Sent ask(int partition, byte[] argument) {
        return new Sent(partition, argument, partitions.ask(ImportCommand.INSTANCE, partition, argument));
    }

    /**
     * Waits for the reply, and sends the chunk again if the partition refuses it for now. If the next chunk of its
     * session overtakes it, the partition refuses that one as lost, and the session begins again.
     */
    private ImportReply reply(Sent sent) throws DatasetException {
        byte[] bytes = PartitionClient.await(sent.reply());
        ImportReply reply = ImportReply.of(bytes);
        for (int tries = RETRY_SECONDS_MAX * 1000 / RETRY_PAUSE_MS; reply == null; tries--) {
            Refusal refusal = Refusal.of(bytes);
            if (!refusal.isForNow() || tries == 0) {
                throw refusal.asException();
            }
            signal.pause(RETRY_PAUSE_MS);
            bytes = PartitionClient.await(partitions.ask(ImportCommand.INSTANCE, sent.partition(), sent.argument()));
            reply = ImportReply.of(bytes);
        }
        return reply;
    }
}
