package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.DiskTrouble;
import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of preallocated segments: files full of zeros, forced to disk. So a later write into them needs no more space.
 *
 * <p>Thread-safe. The writer {@linkplain #take takes} segments, and the pool's own thread replaces them; it retries
 * after a failure. A {@link SpaceBudget} counts the free bytes of the pool and of the segment being written.
 */
final class SegmentPool {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentPool.class);
    private static final int ZEROS_BYTES = 1 << 18;

    private final JournalFiles files;
    private final long segmentBytes;
    private final SpaceBudget budget = new SpaceBudget();
    /** How many segments are normally kept ready. */
    private final int readyMin;
    /** Held during the creation of a segment, which takes long. Locks of {@link #ready} are short. */
    private final Object making = new Object();

    private final Deque<LogSegment> ready = new ArrayDeque<>();
    /** How many segments are kept ready; changed under the lock of {@link #ready}. */
    private int readyMax;

    /** The number of the next segment; 0 while the pool is stopped. */
    private long nextNumber;

    private volatile @Nullable IOException failure;

    private final Thread filler = new Thread(this::keepFull, "journal-reserve");
    private final Backoff backoff;
    private Runnable healthChanged = () -> {};
    private volatile boolean isClosing;
    /** Whether the log reports the failure. Thread: the starting one, then the filler. */
    private boolean isFailing;

    /** Creates an empty pool, which creates no segments before {@link #restart}. */
    SegmentPool(JournalFiles files, JournalOptions options) {
        this.files = files;
        segmentBytes = options.segmentBytes();
        readyMin = segmentsFor(options.reserveBytesMin() + options.marginBytes(JournalLog.Purpose.CHANGE));
        readyMax = readyMin;
        backoff = new Backoff(options.retryMs());
        filler.setDaemon(true);
    }

    private int segmentsFor(long bytes) {
        long usable = LogSegment.usableBytes(segmentBytes);
        return (int) ((bytes + usable - 1) / usable);
    }

    /** Returns the budget of the space in the pool and in the current segment. */
    SpaceBudget budget() {
        return budget;
    }

    /**
     * Fills the pool, and starts the thread that keeps it full.
     *
     * @param listener is called when the pool begins or ceases to fail
     */
    void start(Runnable listener) {
        healthChanged = listener;
        fillAndReport();
        filler.start();
    }

    /** Ends the thread; the segments stay. */
    void stop() {
        isClosing = true;
        wake();
    }

    private void wake() {
        LockSupport.unpark(filler);
    }

    private void keepFull() {
        while (!isClosing) {
            fillAndReport();
            if (failure == null) {
                backoff.reset(System.nanoTime());
                LockSupport.park(this);
            } else {
                backoff.pause(System.nanoTime());
                LockSupport.parkNanos(this, backoff.leftNanos(System.nanoTime()));
            }
        }
    }

    private void fillAndReport() {
        fillAll();
        IOException cause = failure;
        if (isFailing == (cause != null)) {
            return;
        }
        isFailing = cause != null;
        if (cause != null) {
            LOG.warn(
                    "The journal cannot reserve space ({}): {}. It refuses changes after the reserved space is used up",
                    cause.toString(),
                    DiskTrouble.of(cause).remedy());
        } else {
            LOG.info("The journal can reserve space again");
        }
        healthChanged.run();
    }

    /**
     * Enlarges the pool to at least this many bytes, because a change needs more than usual. Lasts until
     * {@link #relax}.
     */
    void provide(long bytes) {
        int segments = segmentsFor(bytes);
        synchronized (ready) {
            if (segments <= readyMax) {
                return;
            }
            readyMax = segments;
        }
        wake();
    }

    /** Restores the normal size of the pool. */
    void relax() {
        synchronized (ready) {
            readyMax = readyMin;
        }
        wake();
    }

    /** Limits the pool to one segment, because the space is needed for a rewrite of the log. */
    void shrink() {
        synchronized (ready) {
            readyMax = 1;
        }
    }

    /** Returns why the last segment could not be created; null if it could. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Returns whether the pool cannot grow because the disk is full. */
    boolean isDiskFull() {
        return failure instanceof NoSpaceException;
    }

    /** Returns whether {@link #take} would return without creating a segment. */
    boolean isReady() {
        synchronized (ready) {
            return !ready.isEmpty();
        }
    }

    /** Returns the number of segments in the pool. */
    int size() {
        synchronized (ready) {
            return ready.size();
        }
    }

    /** Deletes all segments, and continues with this number. */
    void restart(long number) throws IOException {
        synchronized (making) {
            clear();
            nextNumber = number;
        }
        wake();
    }

    /** Creates one segment unless the pool is full or stopped. Returns whether it did. */
    boolean fill() throws IOException {
        synchronized (making) {
            synchronized (ready) {
                if (nextNumber == 0) {
                    return false;
                }
                if (ready.size() >= readyMax) {
                    failure = null;
                    return false;
                }
            }
            LogSegment made = makeNext();
            synchronized (ready) {
                ready.add(made);
            }
            nextNumber++;
            budget.add(LogSegment.usableBytes(segmentBytes));
            return true;
        }
    }

    /** Creates segments until the pool is full or a creation fails; then {@link #failure} returns the reason. */
    void fillAll() {
        try {
            boolean hasMade;
            do {
                hasMade = fill();
            } while (hasMade);
        } catch (IOException e) {
            // The failure field has it.
            deleteSurplus(e);
        }
    }

    /** Deletes what {@link #provide} added, because the disk has too little space for the rest. */
    private void deleteSurplus(IOException cause) {
        synchronized (making) {
            synchronized (ready) {
                readyMax = Math.min(readyMax, readyMin);
            }
            for (LogSegment segment = pollSurplus(); segment != null; segment = pollSurplus()) {
                nextNumber = segment.number();
                try {
                    delete(segment);
                } catch (IOException e) {
                    cause.addSuppressed(e);
                    return;
                }
            }
        }
    }

    private void delete(LogSegment segment) throws IOException {
        budget.remove(LogSegment.usableBytes(segmentBytes));
        segment.close();
        files.delete(segment.name());
    }

    private @Nullable LogSegment pollSurplus() {
        synchronized (ready) {
            return ready.size() > readyMax ? ready.pollLast() : null;
        }
    }

    /** Removes and returns the next segment. Creates one if the pool is empty. */
    LogSegment take() throws IOException {
        LogSegment next = poll();
        while (next == null) {
            fill();
            next = poll();
        }
        wake();
        return next;
    }

    private @Nullable LogSegment poll() {
        synchronized (ready) {
            return ready.poll();
        }
    }

    private LogSegment makeNext() throws IOException {
        try {
            LogSegment made = make(nextNumber);
            failure = null;
            return made;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Creates a segment of zeros and forces it to disk. Leaves no file if that fails. */
    private LogSegment make(long number) throws IOException {
        String name = SegmentName.of(number);
        JournalFile file = files.create(name);
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, segmentBytes));
            for (long at = 0; at < segmentBytes; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), segmentBytes - at));
                file.write(zeros, at);
            }
            file.force(true);
            files.syncDirectory();
            return new LogSegment(name, number, file, segmentBytes);
        } catch (IOException e) {
            try {
                file.close();
                files.delete(name);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Deletes all segments, and creates none until {@link #restart}. */
    void clear() throws IOException {
        synchronized (making) {
            nextNumber = 0;
            for (LogSegment segment = poll(); segment != null; segment = poll()) {
                delete(segment);
            }
        }
    }
}
