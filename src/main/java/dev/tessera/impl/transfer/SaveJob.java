package dev.tessera.impl.transfer;

import dev.tessera.impl.command.transfer.ExportChunk;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.DatasetWriter;
import dev.tessera.impl.routing.StoreMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sessions of all partitions into a save. It queries a few partitions ahead, and sends the next query only
 * after the previous chunk is written. Thread: a worker.
 */
final class SaveJob {

    /** The number of partitions with a query at the same time; each holds one chunk for this save. */
    private static final int AHEAD = 4;

    private final PartitionClient client;
    private final StoreMap stores;
    private final long id;
    private final DatasetWriter writer;
    private final TransferProgress progress;
    private final JobSignal signal;

    SaveJob(
            PartitionClient client,
            StoreMap stores,
            long id,
            DatasetWriter writer,
            TransferProgress progress,
            JobSignal signal) {
        this.client = client;
        this.stores = stores;
        this.id = id;
        this.writer = writer;
        this.progress = progress;
        this.signal = signal;
    }

    /**
     * Writes the sessions. The caller completes the save.
     *
     * @param tokens the tokens of the sessions; null for all
     */
    void run(long @Nullable [] tokens) throws DatasetException {
        Map<Integer, long[]> selected = tokens == null ? null : byPartition(tokens);
        int[] partitions = selected == null
                ? IntStream.range(0, stores.partitionCount()).toArray()
                : selected.keySet().stream().mapToInt(Integer::intValue).toArray();
        PrimitiveIterator.OfInt next = Arrays.stream(partitions).iterator();
        Deque<PartitionExport> ahead = new ArrayDeque<>();
        for (int done = 0; done < partitions.length; done++) {
            while (ahead.size() < AHEAD && next.hasNext()) {
                int partition = next.nextInt();
                ahead.add(
                        new PartitionExport(client, partition, id, selected == null ? null : selected.get(partition)));
            }
            PartitionExport export = ahead.remove();
            for (ExportChunk chunk = export.take(); chunk != null; chunk = export.take()) {
                signal.check();
                write(chunk);
                progress.at(writer.bytes(), done, partitions.length);
            }
        }
    }

    private void write(ExportChunk chunk) throws DatasetException {
        byte[] bytes = chunk.bytes();
        if (bytes.length > ExportChunk.TEXT_FROM) {
            writer.write(bytes, ExportChunk.TEXT_FROM, bytes.length, chunk.endsInside());
            if (chunk.hasKeyEnds()) {
                writer.noteEnds();
            }
            progress.add(chunk.sessions(), chunk.keys());
        }
    }

    /** Groups the tokens by partition, without duplicates. */
    private Map<Integer, long[]> byPartition(long[] tokens) {
        long[] distinct = Arrays.stream(tokens).distinct().toArray();
        Map<Integer, long[]> byPartition = new TreeMap<>();
        int[] sizes = new int[stores.partitionCount()];
        for (long token : distinct) {
            sizes[stores.partitionOf(token)]++;
        }
        for (long token : distinct) {
            int partition = stores.partitionOf(token);
            long[] of = byPartition.computeIfAbsent(partition, absent -> new long[sizes[partition]]);
            of[of.length - sizes[partition]--] = token;
        }
        return byPartition;
    }
}
