package dev.tessera.impl.transfer;

import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.dataset.Dataset;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.DatasetReader;
import dev.tessera.impl.dataset.ReadLimits;
import dev.tessera.impl.dataset.SessionHeader;
import dev.tessera.impl.dataset.SessionSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Loads the sessions of a save into their partitions. Thread: a worker. */
final class LoadJob implements SessionSink {

    /** The number of keys between two checks of the clock and of the signals. */
    private static final int CHECK_KEYS = 256;
    /** The most restarts of one session after moves of its partition. More moves are a sign of an unstable cluster. */
    private static final int RESTARTS_MAX = 10;

    private final ImportBuffer buffer;
    private final ReadLimits limits;
    private final TransferProgress progress;
    private final JobSignal signal;
    private final TokenSource tokens;
    /** The reader of the current file; null before the first one. */
    private @Nullable DatasetReader reader;

    private long bytesBefore;
    private long bytesAll;
    private int keysSinceCheck;
    private boolean isForeign;
    private long foreign;

    /**
     * Creates a load.
     *
     * @param progress counts all accepted sessions and keys, even if the load fails
     * @param tokens the tokens of shared sessions under this server's secret
     */
    LoadJob(ImportBuffer buffer, ReadLimits limits, TransferProgress progress, JobSignal signal, TokenSource tokens) {
        this.buffer = buffer;
        this.limits = limits;
        this.progress = progress;
        this.signal = signal;
        this.tokens = tokens;
    }

    /** Returns how many shared sessions have the token of another secret, so that clients do not find them by name. */
    long foreign() {
        return foreign;
    }

    void run(Dataset dataset) throws IOException {
        bytesAll = dataset.bytes();
        try {
            for (Path file : dataset.files()) {
                try (DatasetReader opened = new DatasetReader(file, limits)) {
                    reader = opened;
                    while (next(opened)) {
                        check();
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

    private boolean next(DatasetReader open) throws IOException {
        try {
            return open.next(this);
        } catch (ChunkLostException e) {
            again(open, RESTARTS_MAX);
            return true;
        }
    }

    private void again(DatasetReader open, int restarts) throws IOException {
        buffer.startOver();
        try {
            open.again(this);
        } catch (ChunkLostException e) {
            if (restarts == 1) {
                throw e;
            }
            again(open, restarts - 1);
        }
    }

    private void check() throws DatasetException {
        keysSinceCheck = 0;
        signal.check();
        long bytes = bytesBefore + Objects.requireNonNull(reader).position();
        progress.at(bytes, bytes, bytesAll);
    }

    @Override
    public void begin(SessionHeader header) {
        isForeign = header.shared() && header.name().length > 0 && tokens.shared(header.name()) != header.token();
        buffer.begin(header);
    }

    @Override
    public void key(byte[] key, int keyTo, byte[] value, int valueFrom, int valueTo) throws DatasetException {
        buffer.key(key, keyTo, value, valueFrom, valueTo);
        countMember();
    }

    @Override
    public void keyEnd(byte[] key, int keyTo, long endMs) throws DatasetException {
        buffer.keyEnd(key, keyTo, endMs);
        countMember();
    }

    private void countMember() throws DatasetException {
        if (++keysSinceCheck == CHECK_KEYS) {
            check();
        }
    }

    @Override
    public void end() throws DatasetException {
        buffer.end();
        foreign += isForeign ? 1 : 0;
    }
}
