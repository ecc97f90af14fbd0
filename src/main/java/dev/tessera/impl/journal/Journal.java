package dev.tessera.impl.journal;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.file.DiskTrouble;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a server. Stores append chunks, and a thread of the journal writes them. A second thread preallocates
 * segments. {@link JournalWriter} describes the behaviour after a failure.
 */
public final class Journal implements JournalLog, AutoCloseable {

    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Under {@link JournalOptions.Policy#EVERYSEC}, the writer gathers chunks for this time or until this size. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long GATHER_BYTES = 1 << 18;

    private final JournalFiles files;
    private final JournalOptions options;
    private final Recovered recovered;
    private final JournalRecorder recorder = new JournalRecorder();
    private final ChunkQueue queue = new ChunkQueue(GATHER_BYTES);
    private final SegmentPool pool;
    private final SpaceBudget budget;
    private final Thread thread = new Thread(this::run, "journal-writer");
    /** Null before {@link #start}. */
    private @Nullable JournalWriter startedWriter;

    private volatile boolean isClosing;

    /** Creates a journal in a recovered directory that no other process uses. */
    public Journal(JournalFiles files, JournalOptions options, Recovered recovered) {
        this.files = files;
        this.options = options;
        this.recovered = recovered;
        pool = new SegmentPool(files, options);
        budget = pool.budget();
    }

    /**
     * Begins to write. After a repair, or if the disk is full, the journal requests a snapshot at once, and refuses
     * changes until the snapshot is complete.
     *
     * @throws IOException if the directory is not writable
     */
    public void start(JournalListener listener) throws IOException {
        JournalWriter writer = new JournalWriter(files, options, recovered, pool, recorder, listener);
        writer.open(System.nanoTime());
        startedWriter = writer;
        pool.start(listener::healthChanged);
        thread.start();
    }

    private JournalWriter writer() {
        return requireNonNull(startedWriter, "the journal has not started");
    }

    private void run() {
        JournalWriter writer = writer();
        long gatherNanos = options.policy() == JournalOptions.Policy.EVERYSEC ? GATHER_NANOS : 0;
        while (true) {
            boolean wasClosing = isClosing;
            List<Chunk> chunks = queue.take(writer.waitNanos(System.nanoTime()), gatherNanos);
            writer.turn(chunks, queue.taken(), System.nanoTime());
            if (queue.bytes() == 0) {
                writer.idle(System.nanoTime());
            }
            if (wasClosing) {
                writer.close(System.nanoTime());
                return;
            }
        }
    }

    @Override
    public Reservation reserve(long costMax, Purpose purpose) {
        JournalWriter.State state = writer().state();
        if (state == JournalWriter.State.REWRITING && purpose == Purpose.SNAPSHOT) {
            budget.reserveAlways(costMax);
            return Reservation.ACCEPTED;
        }
        if (state != JournalWriter.State.RUNNING) {
            return refusal(writer().failure());
        }
        long margin = options.marginBytes(purpose);
        if (budget.reserve(costMax, margin)) {
            return Reservation.ACCEPTED;
        }
        pool.provide(costMax + margin);
        return shortage();
    }

    /** Returns why there is too little space. */
    private Reservation shortage() {
        IOException cause = pool.failure();
        return cause == null ? Reservation.EXHAUSTED : refusal(cause);
    }

    private static Reservation refusal(@Nullable Throwable cause) {
        return cause instanceof NoSpaceException ? Reservation.STORAGE_FULL : Reservation.UNAVAILABLE;
    }

    @Override
    public void release(long reserved) {
        budget.release(reserved);
    }

    @Override
    public long append(Chunk chunk) {
        return queue.add(chunk);
    }

    @Override
    public boolean isLagging() {
        JournalWriter writer = writer();
        if (writer.state() != JournalWriter.State.RUNNING) {
            return false;
        }
        long since = writer.unforcedSince();
        return queue.bytes() > options.queuedBytesMax()
                || (since != 0 && System.nanoTime() - since > LAG_NANOS)
                || (pool.failure() == null
                        && budget.available() < options.marginBytes(Purpose.CHANGE) + options.reserveBytesMin() / 2);
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public void snapshotComplete(long snapshot) {
        queue.add(new SnapshotProgress.End(snapshot));
    }

    @Override
    public JournalHealth health() {
        Reservation reservation;
        if (writer().state() != JournalWriter.State.RUNNING) {
            reservation = refusal(writer().failure());
        } else {
            boolean hasSpace = budget.available() >= options.marginBytes(Purpose.CHANGE);
            reservation = hasSpace ? Reservation.ACCEPTED : shortage();
        }
        return new JournalHealth(reservation, reason());
    }

    private String reason() {
        // The failure decides and not the state, because the two change at different moments.
        Throwable failure = writer().failure();
        if (failure == null) {
            failure = pool.failure();
            return failure == null
                    ? ""
                    : "no space can be reserved (" + failure.getMessage() + "): "
                            + DiskTrouble.of(failure).remedy();
        }
        return failure instanceof NoSpaceException
                ? "the disk is full: free space; then everything is written anew"
                : "everything is being written anew, because of " + failure.getMessage() + ": "
                        + DiskTrouble.of(failure).remedy();
    }

    /** Returns the statistics of this moment. */
    public JournalStatistics statistics() {
        return recorder.statistics(pool.size(), options.segmentBytes(), queue.bytes());
    }

    /** Writes and forces all appended chunks, and ends the threads. */
    @Override
    public void close() {
        isClosing = true;
        queue.close();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The writer must complete the files first.
                isInterrupted = true;
            }
        }
        pool.stop();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
