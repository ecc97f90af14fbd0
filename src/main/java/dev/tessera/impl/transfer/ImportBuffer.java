package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ImportChunk;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.dataset.SessionSink;
import dev.tessera.impl.routing.StoreMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects sessions into chunks for their partitions, and sends full rounds of chunks. A session larger than a chunk
 * leaves in several chunks; its partition makes it visible after the last one. A partition that moves in a cluster
 * loses its chunks of an incomplete session. Then this class throws {@link ChunkLostException} before the next session
 * begins, and the caller can start the session again. Thread: a worker.
 */
final class ImportBuffer implements SessionSink {

    /** The size at which a chunk of a session is sent. A chunk may exceed it by one key. */
    private static final int CHUNK_BYTES = 256 * 1024;
    /** The size of all chunks together at which a round is sent. */
    private static final int ROUND_BYTES = 1024 * 1024;

    private final ImportRounds rounds;
    private final StoreMap stores;
    private final long id;
    private final Map<Integer, ImportChunk> gathered = new TreeMap<>();
    /** The bytes of {@link #gathered} without those of the open session. */
    private long gatheredBytes;
    /** The partition of the open session. */
    private int partition;
    /** The chunk of the open session; null between sessions. */
    private @Nullable ImportChunk chunk;
    /** The start of the open session in its chunk. */
    private int chunkFrom;
    /** The chunks of the open session that were sent. */
    private int chunksSent;

    /**
     * Creates an empty buffer.
     *
     * @param id unique among the imports that run at the same time
     * @param rounds sends the chunks
     */
    ImportBuffer(ImportRounds rounds, StoreMap stores, long id) {
        this.rounds = rounds;
        this.stores = stores;
        this.id = id;
    }

    @Override
    public void begin(SessionHeader header) {
        partition = stores.partitionOf(header.token());
        ImportChunk begun = gathered.computeIfAbsent(partition, absent -> new ImportChunk());
        chunk = begun;
        chunkFrom = begun.size();
        chunksSent = 0;
        begun.begin(
                id, header.token(), header.shared(), header.name(), header.durationSeconds(), header.deleteSession());
    }

    @Override
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws DatasetException {
        open().key(key, keyTo, value, valueFrom, valueTo);
    }

    @Override
    public void keyEnd(byte[] key, int keyTo, long endMs) throws DatasetException {
        open().keyEnd(key, keyTo, endMs);
    }

    /** Returns the chunk of the open session, which is a new one if the last one is full. */
    private ImportChunk open() throws DatasetException {
        ImportChunk open = Objects.requireNonNull(chunk);
        if (open.size() - chunkFrom >= CHUNK_BYTES) {
            open.end(false);
            gathered.remove(partition);
            gatheredBytes -= chunkFrom;
            chunksSent++;
            rounds.send(Map.of(partition, open));
            if (chunksSent == 1) {
                // The partition must accept the first chunk before more chunks make sense.
                rounds.awaitAll();
            }
            chunkFrom = 0;
            gathered.put(partition, open);
            open.goOn(id, chunksSent);
        }
        return open;
    }

    @Override
    public void end() throws DatasetException {
        ImportChunk open = Objects.requireNonNull(chunk);
        open.end(true);
        if (chunksSent > 0) {
            gathered.remove(partition);
            rounds.send(Map.of(partition, open));
            rounds.awaitAll();
        } else {
            gatheredBytes += open.size() - chunkFrom;
        }
        chunk = null;
        if (gatheredBytes >= ROUND_BYTES) {
            sendGathered();
        }
    }

    /** Sends all chunks, and waits until the partitions have accepted them. */
    void finish() throws DatasetException {
        sendGathered();
        rounds.awaitAll();
    }

    /**
     * Drops the chunks that are not sent, and waits for the others, so that they are counted. Removes an incomplete
     * session from its partition.
     */
    void abandon() throws DatasetException {
        gathered.clear();
        forgetSession();
    }

    /** Drops a session of which a chunk was lost, so that it can begin again. */
    void startOver() throws DatasetException {
        gathered.remove(partition);
        try {
            forgetSession();
        } catch (ChunkLostException e) {
            // The partition refuses the chunks after the lost one too.
        }
    }

    private void forgetSession() throws DatasetException {
        if (chunk != null && chunksSent > 0) {
            rounds.abort(partition, id);
        }
        chunk = null;
        rounds.awaitAll();
    }

    private void sendGathered() throws DatasetException {
        Map<Integer, ImportChunk> round = new TreeMap<>(gathered);
        gathered.clear();
        gatheredBytes = 0;
        rounds.send(round);
    }
}
