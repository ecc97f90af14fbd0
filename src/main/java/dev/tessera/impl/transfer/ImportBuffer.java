package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ImportChunk;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.dataset.SessionSink;
import dev.tessera.impl.routing.StoreMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sessions on their way into their partitions: gathered until there is enough for a round, of which few are under way.
 * A session that is larger than a piece leaves in several, and its partition shows it when the last one is there. In a
 * cluster a partition that moves meanwhile loses the pieces that it has: then {@link PieceLostException} is thrown
 * before the next session begins, and the session can begin again. Thread: a worker.
 */
final class ImportBuffer implements SessionSink {

    /** A session leaves in pieces of not much more than so many bytes, or one key more than that. */
    private static final int CHUNK_BYTES = 256 * 1024;
    /** What is gathered for all partitions together before it leaves. */
    private static final int ROUND_BYTES = 1024 * 1024;

    private final ImportRounds rounds;
    private final StoreMap stores;
    private final long id;
    private final Map<Integer, ImportChunk> gathered = new TreeMap<>();
    /** Bytes of {@link #gathered}, but for what has come of the session that is open. */
    private long gatheredBytes;
    /** Of the session that is open. */
    private int partition;

    private ImportChunk chunk;
    private int chunkFrom;
    private int piecesSent;

    /**
     * An empty buffer.
     *
     * @param id one that nothing else uses that comes into the partitions at the same time
     * @param rounds takes what is gathered
     */
    ImportBuffer(ImportRounds rounds, StoreMap stores, long id) {
        this.rounds = rounds;
        this.stores = stores;
        this.id = id;
    }

    @Override
    public void begin(SessionHeader header) {
        partition = stores.partitionOf(header.token());
        chunk = gathered.computeIfAbsent(partition, absent -> new ImportChunk());
        chunkFrom = chunk.size();
        piecesSent = 0;
        chunk.begin(
                id, header.token(), header.shared(), header.name(), header.durationSeconds(), header.deleteSession());
    }

    @Override
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws DatasetException {
        if (chunk.size() - chunkFrom >= CHUNK_BYTES) {
            chunk.end(false);
            gathered.remove(partition);
            gatheredBytes -= chunkFrom;
            piecesSent++;
            rounds.send(Map.of(partition, chunk));
            if (piecesSent == 1) {
                // What goes on is of no use before the beginning is taken.
                rounds.awaitAll();
            }
            chunkFrom = 0;
            gathered.put(partition, chunk);
            chunk.goOn(id, piecesSent);
        }
        chunk.key(key, keyTo, value, valueFrom, valueTo);
    }

    @Override
    public void end() throws DatasetException {
        chunk.end(true);
        if (piecesSent > 0) {
            gathered.remove(partition);
            rounds.send(Map.of(partition, chunk));
            rounds.awaitAll();
        } else {
            gatheredBytes += chunk.size() - chunkFrom;
        }
        chunk = null;
        if (gatheredBytes >= ROUND_BYTES) {
            sendGathered();
        }
    }

    /** Sends what is there, and waits until all is taken. */
    void finish() throws DatasetException {
        sendGathered();
        rounds.awaitAll();
    }

    /**
     * Drops what has not left, and waits for what has, so that it is counted. Of a session that was begun nothing
     * stays.
     */
    void abandon() throws DatasetException {
        gathered.clear();
        forgetSession();
    }

    /** Drops what there is of a session of which a piece was lost, so that it can begin again. */
    void startOver() throws DatasetException {
        gathered.remove(partition);
        try {
            forgetSession();
        } catch (PieceLostException e) {
            // The pieces behind the lost one are refused as well.
        }
    }

    private void forgetSession() throws DatasetException {
        if (chunk != null && piecesSent > 0) {
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
