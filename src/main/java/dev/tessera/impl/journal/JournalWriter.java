package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.DiskTrouble;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer that writes chunks, forces them by the policy, requests snapshots, and rewrites the log after a failure.
 *
 * <pre>
 *              a write or fsync fails, or a repair
 *   RUNNING  --------------------------------------->  FAILED  <------+
 *      ^                                                 | pause      | fails again
 *      |        snapshot complete, forced and renamed    v            |
 *      +---------------------------------------------  REWRITING  ----+
 * </pre>
 *
 * <p>In FAILED the writer reports chunks as failed and drops them, because the next snapshot contains their changes. In
 * REWRITING it writes them into the new file, among the parts of the snapshot, and settles them when that file has
 * become the log. Thread: one; any thread may read the state.
 */
final class JournalWriter {

    enum State {
        RUNNING,
        FAILED,
        REWRITING
    }

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The interval at which the writer looks whether all files of the log are there. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The pause while the writer waits for a segment with which to begin or end a snapshot. */
    private static final long SEGMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final JournalOptions options;
    private final SegmentPool pool;
    private final JournalRecorder recorder;
    private final LogWriter log;
    private final SnapshotProgress snapshot;
    private final JournalListener listener;
    private final DurabilityCallback durability;
    private final Backoff backoff;

    private volatile State state = State.FAILED;
    private volatile @Nullable Throwable failure;
    private volatile long unforcedSince;

    private long forceAt;
    private long lookAt;

    JournalWriter(
            JournalFiles files,
            JournalOptions options,
            Recovered recovered,
            SegmentPool pool,
            JournalRecorder recorder,
            JournalListener listener) {
        this.options = options;
        this.pool = pool;
        this.recorder = recorder;
        this.listener = listener;
        log = new LogWriter(files, pool, recorder, recovered);
        snapshot = new SnapshotProgress(options, pool);
        durability = new DurabilityCallback(listener);
        backoff = new Backoff(options.retryMs());
        if (!recovered.damages().isEmpty()) {
            failure = new IOException("the journal was repaired");
        }
    }

    /**
     * Opens the log. After a repair, or if the disk is full, the writer is in FAILED and begins with a snapshot.
     *
     * @throws IOException if the directory is not usable
     */
    void open(long now) throws IOException {
        backoff.reset(now);
        lookAt = now;
        if (failure == null) {
            try {
                log.open();
                state = State.RUNNING;
                log.recordSize();
            } catch (NoSpaceException e) {
                fail(e, now);
            }
        }
    }

    /**
     * Writes chunks and does what is due.
     *
     * @param position the position of the last chunk
     */
    void turn(List<Chunk> chunks, long position, long now) {
        durability.taken(position);
        try {
            if (state == State.FAILED && backoff.leftNanos(now) <= 0) {
                beginRewrite();
            }
            if (state == State.FAILED) {
                durability.failed();
            } else {
                write(chunks, now);
            }
        } catch (Throwable e) {
            // The thread must survive any failure, such as too little memory for a snapshot, because replies wait.
            fail(e, now);
        } finally {
            for (Chunk chunk : chunks) {
                pool.budget().release(chunk.reserved());
            }
        }
    }

    private void write(List<Chunk> chunks, long now) throws IOException {
        if (unforcedSince == 0 && !chunks.isEmpty()) {
            unforcedSince = now | 1;
            forceAt = now + FORCE_NANOS;
        }
        for (Chunk chunk : chunks) {
            write(chunk);
        }
        if (snapshot.isComplete() && pool.isReady()) {
            completeSnapshot(now);
        }
        log.recordSize();
        if (state == State.RUNNING) {
            if (now - lookAt >= 0) {
                lookAt = now + LOOK_NANOS;
                log.requireAllInPlace();
            }
            if (options.policy() == JournalOptions.Policy.ALWAYS || now - forceAt >= 0) {
                force();
            } else {
                log.flush();
            }
            if (snapshot.isDue(log) && pool.isReady()) {
                log.beginSnapshot();
                listener.snapshotWanted(snapshot.begin());
            }
        } else {
            log.flush();
        }
    }

    private void write(Chunk chunk) throws IOException {
        if (chunk instanceof SnapshotProgress.End end) {
            snapshot.end(end.snapshot());
            return;
        }
        long before = log.logBytes();
        chunk.writeTo(log);
        if (chunk.isSnapshot()) {
            snapshot.wrote(log.logBytes() - before);
        }
    }

    private void force() throws IOException {
        log.force();
        unforcedSince = 0;
        durability.durable();
    }

    /** Empties the buffer, because no chunk waits. */
    void idle(long now) {
        if (state != State.FAILED) {
            try {
                log.flush();
            } catch (IOException e) {
                fail(e, now);
            }
        }
    }

    /** Returns how long the writer may wait for chunks, in ns. */
    long waitNanos(long now) {
        if (state == State.FAILED) {
            return Math.max(1, backoff.leftNanos(now));
        }
        if (snapshot.isComplete() || (state == State.RUNNING && snapshot.isDue(log))) {
            return SEGMENT_NANOS;
        }
        if (state != State.RUNNING) {
            return ChunkQueue.FOREVER_NANOS;
        }
        long lookNanos = Math.max(1, lookAt - now);
        return unforcedSince == 0 ? lookNanos : Math.min(lookNanos, Math.max(1, forceAt - now));
    }

    private void completeSnapshot(long now) throws IOException {
        if (state == State.REWRITING) {
            log.completeRewrite(snapshot.bytes());
            pool.relax();
            pool.fillAll();
            LOG.info("The journal writes to disk again, and accepts changes");
            backoff.reset(now);
            failure = null;
            state = State.RUNNING;
            listener.healthChanged();
        } else {
            log.completeSnapshot(snapshot.bytes());
            pool.relax();
        }
        log.recordSize();
        recorder.snapshot();
        snapshot.stop();
    }

    private void beginRewrite() throws IOException {
        log.beginRewrite();
        state = State.REWRITING;
        listener.snapshotWanted(snapshot.begin());
    }

    private void fail(Throwable cause, long now) {
        String what = "The journal cannot write to disk ({}). It refuses changes until it has rewritten everything, "
                + "and tries that in {} ms: {}";
        // Any other failure is a fault of this program, so its stack trace is useful.
        LOG.error(
                what,
                cause.toString(),
                backoff.pause(now),
                DiskTrouble.of(cause).remedy(),
                cause instanceof IOException ? null : cause);
        failure = cause;
        state = State.FAILED;
        snapshot.stop();
        unforcedSince = 0;
        log.abandon();
        // The snapshot needs the space first.
        pool.shrink();
        durability.failed();
        listener.healthChanged();
    }

    /** Closes the log after everything was written. */
    void close(long now) {
        try {
            if (state == State.RUNNING) {
                force();
                log.close();
            } else {
                log.abandon();
            }
            pool.clear();
        } catch (IOException e) {
            fail(e, now);
        }
    }

    State state() {
        return state;
    }

    /** Returns why the writer is not running; null while it runs, and before the first {@link #open}. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns since when there are unforced bytes, by {@link System#nanoTime}; 0 if there are none. */
    long unforcedSince() {
        return unforcedSince;
    }
}
