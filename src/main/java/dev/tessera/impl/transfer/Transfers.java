package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.Dataset;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.dataset.DatasetWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs whole saves and loads, and turns their failures into results. Thread: a worker, several at a time. */
final class Transfers {

    private static final LimitedLog SAVED = LimitedLog.info(Transfers.class, "Saved '{}' in {} ms: {}");
    private static final LimitedLog SAVE_FAILED = LimitedLog.warn(Transfers.class, "Saving '{}' failed: {}");
    private static final LimitedLog SAVE_UNMARKED = LimitedLog.warn(
            Transfers.class,
            "The failed save '{}' could not be marked as failed; it stays incomplete and is never loaded: {}");
    private static final LimitedLog LOADED = LimitedLog.info(Transfers.class, "Loaded '{}' in {} ms: {}");

    private static final LimitedLog FOREIGN = LimitedLog.warn(
            Transfers.class,
            "{} shared sessions of '{}' come from a server with another secret: clients find them by their tokens, and"
                    + " not by their names. To change that, end them and load the save again under that server's"
                    + " secret");

    private final PartitionClient calls;
    private final StoreMap stores;
    private final TransferOptions options;
    private final InstantSource wall;
    private final InstantSource steady;
    private final StopSignal stop;
    private final LongSupplier ids = new SecureRandom()::nextLong;

    Transfers(
            PartitionClient calls,
            StoreMap stores,
            TransferOptions options,
            InstantSource wall,
            InstantSource steady,
            StopSignal stop) {
        this.calls = calls;
        this.stores = stores;
        this.options = options;
        this.wall = wall;
        this.steady = steady;
        this.stop = stop;
    }

    /**
     * The result of a save.
     *
     * @param durationMs the duration of the save
     * @param fault the reason of the failure; null after a complete save
     */
    record Saved(long durationMs, @Nullable Fault fault) {

        private static Saved failed(Status status, String message) {
            return new Saved(0, new Fault(status, message));
        }
    }

    /**
     * Saves sessions.
     *
     * @param tokens the tokens of the sessions; null for all
     * @param client the save ends if it leaves
     * @param begun runs after the first file is created
     */
    Saved save(String name, long @Nullable [] tokens, Requester client, Runnable begun) {
        TransferProgress progress = new TransferProgress("Saving", name, steady, options.saves());
        Saved saved;
        try {
            saved = save(name, tokens, client, begun, progress);
        } catch (RuntimeException | Error e) {
            progress.ended(false);
            throw e;
        }
        Fault fault = saved.fault();
        progress.ended(fault == null);
        if (fault == null) {
            SAVED.log(name, saved.durationMs(), progress);
        } else {
            SAVE_FAILED.log(name, fault.message());
        }
        return saved;
    }

    private Saved save(
            String name, long @Nullable [] tokens, Requester client, Runnable begun, TransferProgress progress) {
        DatasetWriter made;
        try {
            made = DatasetWriter.create(
                    options.path().orElseThrow(), name, tokens != null, wall.millis(), options.fileBytes());
        } catch (DatasetException e) {
            return Saved.failed(Status.SAVE_DIR_WRITE_FAIL, message(e));
        } catch (InvalidPathException e) {
            return Saved.failed(Status.VALUE_TYPE_INVALID, unusable(e));
        }
        try (DatasetWriter writer = made) {
            begun.run();
            try {
                new SaveJob(calls, stores, ids.getAsLong(), writer, progress, new JobSignal(stop, client)).run(tokens);
                writer.complete(wall.millis(), progress.sessions(), progress.keys());
                return new Saved(progress.durationMs(), null);
            } catch (IOException | RuntimeException e) {
                noteFailure(name, writer);
                throw e;
            }
        } catch (IOException e) {
            return Saved.failed(Status.SAVE_ERROR, message(e));
        }
    }

    private void noteFailure(String name, DatasetWriter writer) {
        try {
            writer.fail(wall.millis());
        } catch (DatasetException e) {
            SAVE_UNMARKED.log(name, e.getMessage());
        }
    }

    /**
     * Loads the newest save of a name. Sessions that are loaded stay, even if the load ends early.
     *
     * @param client the load ends if it leaves
     */
    Loaded load(Path path, String name, Requester client) {
        TransferProgress progress = new TransferProgress("Loading", name, steady, options.loads());
        String failure = null;
        boolean whole = false;
        try {
            Dataset dataset = Dataset.newest(path, name);
            JobSignal signal = new JobSignal(stop, client);
            ImportBuffer buffer = new ImportBuffer(new ImportRounds(calls, progress, signal), stores, ids.getAsLong());
            LoadJob job = new LoadJob(
                    buffer, options.limits(), progress, signal, options.tokens().get());
            try {
                job.run(dataset);
            } finally {
                if (job.foreign() > 0) {
                    FOREIGN.log(job.foreign(), name);
                }
            }
            whole = true;
            LOADED.log(name, progress.durationMs(), progress);
        } catch (IOException e) {
            failure = message(e);
        } catch (InvalidPathException e) {
            failure = unusable(e);
        } finally {
            progress.ended(whole);
        }
        return new Loaded(progress.sessions(), progress.keys(), failure);
    }

    /** Returns the message of a failure. The classes of saves give each of them one. */
    private static String message(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static String unusable(InvalidPathException e) {
        return TransferMessages.unusableName(e.getReason());
    }
}
