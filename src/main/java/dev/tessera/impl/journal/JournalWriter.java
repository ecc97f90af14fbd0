package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes chunks, forces them by the policy, asks for images, and after a failure writes the log anew.
 *
 * <pre>
 *              a write or fsync fails, or a repair
 *   RUNNING  --------------------------------------->  FAILED  <---+
 *      ^                                                 | pause   | fails again
 *      |        image complete, forced and renamed       v         |
 *      +-----------------------------------------------  ANEW  ----+
 * </pre>
 *
 * <p>In FAILED chunks are told failed and dropped: the image that follows has what they said. In ANEW they go into the
 * new file, with the images, and are settled when that has become the log. Thread: one; the state may be asked for by
 * any.
 */
final class JournalWriter {

    enum State {
        RUNNING,
        FAILED,
        ANEW
    }

    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long it waits for a segment, to begin or end an image with. */
    private static final long SEGMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final JournalOptions options;
    private final SegmentPool reserve;
    private final SpaceBudget room;
    private final JournalRecorder counts;
    private final LogWriter log;
    private final SnapshotProgress image;
    private final JournalListener listener;
    private final DurabilityCallback settlement;
    private final Backoff backoff;

    private volatile State state = State.FAILED;
    private volatile Throwable failure;
    private volatile long unforcedSince;
    private volatile LogSize size = new LogSize(0, 0, 0);

    private long forceAt;

    JournalWriter(
            JournalFiles files,
            JournalOptions options,
            Recovered recovered,
            SegmentPool reserve,
            SpaceBudget room,
            JournalRecorder counts,
            JournalListener listener) {
        this.options = options;
        this.reserve = reserve;
        this.room = room;
        this.counts = counts;
        this.listener = listener;
        log = new LogWriter(files, reserve, room, counts, recovered);
        image = new SnapshotProgress(options, reserve, room);
        settlement = new DurabilityCallback(listener);
        backoff = new Backoff(options.retryMs());
        if (!recovered.damages().isEmpty()) {
            failure = new IOException("the journal was repaired");
        }
    }

    /**
     * Begins to write. Where there is no space for that, or after a repair, it begins with an image.
     *
     * @throws IOException where the directory is of no use
     */
    void open(long now) throws IOException {
        backoff.reset(now);
        if (failure == null) {
            try {
                log.open();
                state = State.RUNNING;
                size = log.size();
            } catch (NoSpaceException e) {
                fail(e, now);
            }
        }
    }

    /** Takes chunks, the last of which has that position, and does what is due. */
    void turn(List<Chunk> chunks, long position, long now) {
        settlement.taken(position);
        try {
            if (state == State.FAILED && backoff.leftNanos(now) <= 0) {
                beginAnew();
            }
            if (state == State.FAILED) {
                settlement.failed();
            } else {
                write(chunks, now);
            }
        } catch (Throwable e) {
            // Whatever it is, such as too little memory for an image: the thread must go on, and nobody may wait in
            // vain.
            fail(e, now);
        } finally {
            for (Chunk chunk : chunks) {
                room.release(chunk.admitted());
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
        if (image.isComplete() && reserve.isReady()) {
            completeImage(now);
        }
        size = log.size();
        if (state == State.RUNNING) {
            if (options.policy() == JournalPolicy.ALWAYS || now - forceAt >= 0) {
                force();
            } else {
                log.flush();
            }
            if (image.isDue(log) && reserve.isReady()) {
                log.beginImage();
                listener.imageWanted(image.begin());
            }
        } else {
            log.flush();
        }
    }

    private void write(Chunk chunk) throws IOException {
        if (chunk instanceof SnapshotEnd end) {
            image.end(end.image());
            return;
        }
        long before = log.logBytes();
        chunk.writeTo(log);
        if (chunk.isImage()) {
            image.wrote(log.logBytes() - before);
        }
    }

    private void force() throws IOException {
        log.force();
        unforcedSince = 0;
        settlement.durable();
    }

    /** Called when nothing waits: leaves nothing in the buffer. */
    void idle(long now) {
        if (state != State.FAILED) {
            try {
                log.flush();
            } catch (IOException e) {
                fail(e, now);
            }
        }
    }

    /** How long it has nothing to do, unless there are chunks. */
    long waitNanos(long now) {
        if (state == State.FAILED) {
            return Math.max(1, backoff.leftNanos(now));
        }
        if (image.isComplete() || state == State.RUNNING && image.isDue(log)) {
            return SEGMENT_NANOS;
        }
        return state == State.RUNNING && unforcedSince != 0 ? Math.max(1, forceAt - now) : ChunkQueue.FOREVER_NANOS;
    }

    private void completeImage(long now) throws IOException {
        if (state == State.ANEW) {
            log.completeAnew(image.bytes());
            reserve.relax();
            reserve.fillAll();
            LOG.info("The journal writes to disk again, and changes are taken");
            backoff.reset(now);
            failure = null;
            state = State.RUNNING;
            listener.healthChanged();
        } else {
            log.completeImage(image.bytes());
            reserve.relax();
        }
        size = log.size();
        counts.image();
        image.giveUp();
    }

    private void beginAnew() throws IOException {
        log.beginAnew();
        state = State.ANEW;
        listener.imageWanted(image.begin());
    }

    private void fail(Throwable cause, long now) {
        String what =
                "The journal cannot write to disk ({}); changes are refused until it could write everything anew, which is tried in {} ms: {}";
        String todo = cause instanceof NoSpaceException ? "free space on the disk" : "look after the disk";
        // Other than those of the disk, a failure is a fault of this program, and its place is of use.
        LOG.error(what, cause.toString(), backoff.pause(now), todo, cause instanceof IOException ? null : cause);
        failure = cause;
        state = State.FAILED;
        image.giveUp();
        unforcedSince = 0;
        log.abandon();
        // The image comes first.
        reserve.shrink();
        settlement.failed();
        listener.healthChanged();
    }

    /** Ends the log properly, once everything was written. */
    void close(long now) {
        try {
            if (state == State.RUNNING) {
                force();
                log.close();
            } else {
                log.abandon();
            }
            reserve.close();
        } catch (IOException e) {
            fail(e, now);
        }
    }

    State state() {
        return state;
    }

    /** Why it is not running; null where it is, and at the first start. */
    Throwable failure() {
        return failure;
    }

    /** Since when something is written and not forced, by {@link System#nanoTime}; 0 where there is nothing. */
    long unforcedSince() {
        return unforcedSince;
    }

    /** How large the log was after the last turn. */
    LogSize size() {
        return size;
    }
}
