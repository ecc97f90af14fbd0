package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFile;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.format.SegmentHeader;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log: payloads as frames, segments one after the other, images and what they make superfluous. A segment is
 * begun only when all before it is on disk, so that what a crash leaves behind can be unwritten in the newest one
 * alone. After any exception the log can only be {@linkplain #abandon abandoned}, and written anew as one image.
 * Thread: one.
 */
final class LogWriter implements PayloadSink {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final JournalFiles files;
    private final SegmentPool reserve;
    private final SpaceBudget room;
    private final JournalRecorder counts;
    private final SegmentList segments;
    private final long journal;
    private final FrameWriter out;

    private LogSegment segment;
    private SegmentHeader header;
    private long base;
    private long imageBytes;
    /** All bytes of the log from the base on, but for those of the segment that is written. */
    private long closedBytes;

    /** The segment with which the image under way begins, and what the log had before it. */
    private long imageBase;

    private long bytesBeforeImage;

    LogWriter(JournalFiles files, SegmentPool reserve, SpaceBudget room, JournalRecorder counts, Recovered recovered) {
        this.files = files;
        this.reserve = reserve;
        this.room = room;
        this.counts = counts;
        segments = new SegmentList(files, recovered);
        journal = recovered.journal();
        out = new FrameWriter(room, counts, recovered.nextSequence());
        base = recovered.base();
        imageBytes = recovered.imageBytes();
        closedBytes = recovered.logBytes();
    }

    /** Begins the first segment of this run. */
    void open() throws IOException {
        reserve.restart(segments.last() + 1);
        if (base == 0) {
            base = segments.last() + 1;
        }
        begin(reserve.take());
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
        counts.payload();
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        out.flush();
    }

    /** Waits until all payloads are on disk. */
    void force() throws IOException {
        out.force();
    }

    /** All bytes of the log, from the base on. */
    long logBytes() {
        return closedBytes + out.used();
    }

    /** How many bytes the last image took. */
    long imageBytes() {
        return imageBytes;
    }

    LogSize size() {
        return new LogSize(logBytes(), imageBytes, segments.size());
    }

    /** Begins an image: with a segment of its own, which will be the base. */
    void beginImage() throws IOException {
        bytesBeforeImage = closedBytes + out.used();
        next();
        imageBase = segment.number();
    }

    /**
     * Says that the image is complete, and how large it is: makes its segment the base, and deletes what came before.
     * What cannot be deleted now is deleted with the next one, or at the next start.
     */
    void completeImage(long bytes) throws IOException {
        base = imageBase;
        imageBytes = bytes;
        closedBytes -= bytesBeforeImage;
        next();
        out.forceAll();
        segments.dropBefore(base);
    }

    /** Begins the log anew, in a file that is no part of it yet; then everything is to be written as an image. */
    void beginAnew() throws IOException {
        abandon();
        long number = segments.last() + 1;
        String name = SegmentName.of(number) + SegmentName.PENDING;
        JournalFile file = files.create(name);
        segment = new LogSegment(name, number, file, LogSegment.UNBOUNDED);
        // Here, so that an image is not asked for in vain.
        reserve.restart(number + 1);
        reserve.fill();
        base = number;
        imageBytes = 0;
        closedBytes = 0;
        begin();
    }

    /** Makes the file that was begun anew the log, and goes on in a segment. */
    void completeAnew(long bytes) throws IOException {
        imageBytes = bytes;
        out.replaceHeader(new SegmentHeader(journal, header.number(), header.firstSequence(), base, imageBytes));
        out.forceAll();
        String name = SegmentName.of(segment.number());
        files.rename(segment.name(), name);
        segment = new LogSegment(name, segment.number(), segment.file(), LogSegment.UNBOUNDED);
        segments.add(segment.number());
        files.syncDirectory();
        next();
        out.forceAll();
        segments.dropBefore(base);
    }

    private void next() throws IOException {
        out.forceAll();
        closedBytes += out.used();
        if (segment.isReserved()) {
            segment.file().truncate(out.used());
            room.leave();
        }
        segment.close();
        begin(reserve.take());
    }

    private void begin(LogSegment next) {
        segment = next;
        segments.add(next.number());
        room.enter(LogSegment.usableBytes(next.bytes()));
        begin();
    }

    private void begin() {
        header = new SegmentHeader(journal, segment.number(), out.nextSequence(), base, imageBytes);
        out.begin(segment, header);
    }

    /** Lets go of the file that is written, in whatever state it is. */
    void abandon() {
        if (segment == null) {
            return;
        }
        if (segment.isReserved()) {
            room.leave();
        }
        try {
            segment.close();
            if (segment.name().endsWith(SegmentName.PENDING)) {
                files.delete(segment.name());
            }
        } catch (IOException e) {
            LOG.warn("The journal cannot let go of {} ({}), and goes on without", segment.name(), e.toString());
        }
        segment = null;
    }

    /** Ends the log properly, in as little space as it takes. */
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
