package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.Dataset;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.DatasetReader;
import dev.tessera.impl.dataset.ReadLimits;
import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.dataset.SessionSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Moves the sessions of a save into their partitions. Thread: a worker. */
final class LoadJob implements SessionSink {

    /** Keys between two looks at the clock and at the signal to stop. */
    private static final int LOOK_KEYS = 256;
    /**
     * How often one session begins again because its partition has moved; a cluster that moves more often has other
     * troubles.
     */
    private static final int RESTARTS_MAX = 10;

    private final ImportBuffer buffer;
    private final ReadLimits limits;
    private final TransferProgress progress;
    private final StopSignal stop;
    private DatasetReader reader;
    private long bytesBefore;
    private long bytesAll;
    private int keysSinceLook;

    /**
     * A load.
     *
     * @param progress has counted what the partitions have taken when the work has ended, in whichever way
     */
    LoadJob(ImportBuffer buffer, ReadLimits limits, TransferProgress progress, StopSignal stop) {
        this.buffer = buffer;
        this.limits = limits;
        this.progress = progress;
        this.stop = stop;
    }

    void run(Dataset dataset) throws IOException {
        bytesAll = dataset.bytes();
        try {
            for (Path file : dataset.files()) {
                try (DatasetReader opened = new DatasetReader(file, limits)) {
                    reader = opened;
                    while (next()) {
                        look();
                    }
                }
                bytesBefore += Files.size(file);
            }
            buffer.finish();
        } catch (IOException | RuntimeException e) {
            try {
                buffer.abandon();
            } catch (DatasetException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private boolean next() throws IOException {
        try {
            return reader.next(this);
        } catch (PieceLostException e) {
            again(RESTARTS_MAX);
            return true;
        }
    }

    private void again(int restarts) throws IOException {
        buffer.startOver();
        try {
            reader.again(this);
        } catch (PieceLostException e) {
            if (restarts == 1) {
                throw e;
            }
            again(restarts - 1);
        }
    }

    private void look() throws DatasetException {
        keysSinceLook = 0;
        stop.check();
        long bytes = bytesBefore + reader.position();
        progress.at(bytes, bytes, bytesAll);
    }

    @Override
    public void begin(SessionHeader header) {
        buffer.begin(header);
    }

    @Override
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws DatasetException {
        buffer.key(key, keyTo, value, valueFrom, valueTo);
        if (++keysSinceLook == LOOK_KEYS) {
            look();
        }
    }

    @Override
    public void end() throws DatasetException {
        buffer.end();
    }
}
