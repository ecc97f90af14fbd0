package dev.tessera.impl.journal;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.file.FilesGoneException;
import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer of the log: payloads become frames in one segment after the other, and a complete snapshot replaces the
 * segments before it. A segment begins only after all earlier ones are on disk, so a crash leaves unwritten data only
 * in the newest one. After any exception the log must be {@linkplain #abandon abandoned} and rewritten from a snapshot.
 * Thread: one.
 */
final class LogWriter implements PayloadSink {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final JournalFiles files;
    private final SegmentPool pool;
    private final SpaceBudget budget;
    private final JournalRecorder recorder;
    private final SegmentList segments;
    private final long journal;
    private final FrameWriter out;

    /** Null while the log is closed or abandoned. */
    private @Nullable LogSegment segment;

    private @Nullable SegmentHeader header;
    private long base;
    private long snapshotBytes;
    /** The bytes of the log without those of the current segment. */
    private long closedBytes;

    /** The first segment of the running snapshot. */
    private long snapshotBase;
    /** The size of the log when the running snapshot began. */
    private long bytesBeforeSnapshot;

    LogWriter(JournalFiles files, SegmentPool pool, JournalRecorder recorder, Recovered recovered) {
        this.files = files;
        this.pool = pool;
        this.recorder = recorder;
        budget = pool.budget();
        segments = new SegmentList(files, recovered);
        journal = recovered.journal();
        out = new FrameWriter(budget, recorder, recovered.nextSequence());
        base = recovered.base();
        snapshotBytes = recovered.snapshotBytes();
        closedBytes = recovered.logBytes();
    }

    /** Begins the first segment of this process. */
    void open() throws IOException {
        pool.restart(segments.last() + 1);
        if (base == 0) {
            base = segments.last() + 1;
        }
        begin(pool.take());
        out.forceAll();
    }

    @Override
    public void payload(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (out.isFull()) {
                next();
            }
            at = out.frame(bytes, from, at, to);
        }
        recorder.payload();
    }

    /** Passes all buffered frames to the operating system. */
    void flush() throws IOException {
        out.flush();
    }

    /**
     * Forces all payloads to disk.
     *
     * @throws FilesGoneException if the file with them is no longer in its directory
     */
    void force() throws IOException {
        out.force();
        requireInPlace();
    }

    private void requireInPlace() throws IOException {
        LogSegment current = segment();
        if (!files.leadsTo(current.name(), current.file())) {
            throw new FilesGoneException(current.name());
        }
    }

    /**
     * Checks that all files of the log are still there.
     *
     * @throws FilesGoneException if one is not
     */
    void requireAllInPlace() throws IOException {
        segments.requireAllInPlace();
        requireInPlace();
    }

    /** Returns the bytes of the log, beginning with the base. */
    long logBytes() {
        return closedBytes + out.used();
    }

    /** Returns the bytes of the last snapshot. */
    long snapshotBytes() {
        return snapshotBytes;
    }

    /** Passes the size of the log to the recorder. */
    void recordSize() {
        recorder.size(logBytes(), snapshotBytes, segments.size());
    }

    /** Begins a snapshot in a segment of its own, which will become the base. */
    void beginSnapshot() throws IOException {
        bytesBeforeSnapshot = closedBytes + out.used();
        next();
        snapshotBase = segment().number();
    }

    /**
     * Makes the first segment of the complete snapshot the base, and deletes the segments before it. If a deletion
     * fails, the next snapshot or the next start retries it.
     *
     * @param bytes the size of the snapshot
     */
    void completeSnapshot(long bytes) throws IOException {
        base = snapshotBase;
        snapshotBytes = bytes;
        closedBytes -= bytesBeforeSnapshot;
        next();
        out.forceAll();
        requireInPlace();
        segments.dropBefore(base);
    }

    /** Begins to rewrite the log into a file that is not yet a part of it. A snapshot of everything must follow. */
    void beginRewrite() throws IOException {
        abandon();
        files.restore();
        long number = segments.lastInDirectory() + 1;
        String name = SegmentName.of(number) + SegmentName.PENDING;
        JournalFile file = files.create(name);
        segment = new LogSegment(name, number, file, LogSegment.UNBOUNDED);
        // If this fails, the stores need not take a snapshot in vain.
        pool.restart(number + 1);
        pool.fill();
        base = number;
        snapshotBytes = 0;
        closedBytes = 0;
        beginSegment(segment);
    }

    /** Makes the rewritten file the log, and continues in a segment. */
    void completeRewrite(long bytes) throws IOException {
        snapshotBytes = bytes;
        SegmentHeader old = requireNonNull(header);
        out.replaceHeader(new SegmentHeader(journal, old.number(), old.firstSequence(), base, snapshotBytes));
        out.forceAll();
        LogSegment pending = segment();
        String name = SegmentName.of(pending.number());
        files.rename(pending.name(), name);
        segment = new LogSegment(name, pending.number(), pending.file(), LogSegment.UNBOUNDED);
        segments.add(pending.number());
        files.syncDirectory();
        next();
        out.forceAll();
        requireInPlace();
        segments.dropBefore(base);
    }

    private LogSegment segment() {
        return requireNonNull(segment);
    }

    private void next() throws IOException {
        out.forceAll();
        requireInPlace();
        closedBytes += out.used();
        LogSegment full = segment();
        if (full.isPreallocated()) {
            full.file().truncate(out.used());
            budget.endSegment();
        }
        full.close();
        begin(pool.take());
    }

    private void begin(LogSegment next) {
        segment = next;
        segments.add(next.number());
        budget.beginSegment(LogSegment.usableBytes(next.bytes()));
        beginSegment(next);
    }

    private void beginSegment(LogSegment next) {
        header = new SegmentHeader(journal, next.number(), out.nextSequence(), base, snapshotBytes);
        out.begin(next, header);
    }

    /** Closes the current file, whatever its state. */
    void abandon() {
        LogSegment left = segment;
        if (left == null) {
            return;
        }
        if (left.isPreallocated()) {
            budget.endSegment();
        }
        try {
            left.close();
            if (left.name().endsWith(SegmentName.PENDING)) {
                files.delete(left.name());
            }
        } catch (IOException e) {
            LOG.warn("The journal cannot close {} ({}), and continues without it", left.name(), e.toString());
        }
        segment = null;
    }

    /** Forces the log, frees the unused space of the current segment, and closes it. */
    void close() throws IOException {
        if (segment != null) {
            force();
            out.flush();
            segment.file().truncate(out.used());
            segment.file().force(true);
            abandon();
        }
    }
}
