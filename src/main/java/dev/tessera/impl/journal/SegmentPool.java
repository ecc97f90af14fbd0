package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Segments that are made ahead, full of zeros and on disk, so that what is written into them needs no more space.
 * Thread-safe: the writer takes, a thread in the background {@linkplain #fill fills up}.
 */
final class SegmentPool implements AutoCloseable {

    private final JournalFiles files;
    private final SegmentMaker maker;
    private final SpaceBudget room;
    private final long segmentBytes;
    private final int readyMin;
    /** Held while a segment is made, for long; {@link #ready} is only locked for moments. */
    private final Object making = new Object();

    private final Deque<LogSegment> ready = new ArrayDeque<>();
    /** How many are kept ready; changed under the lock of {@link #ready}. */
    private int readyMax;

    private long nextNumber;
    private volatile IOException failure;
    private volatile Runnable taken = () -> {};

    /** An empty one, that makes nothing until it is {@linkplain #restart restarted}. */
    SegmentPool(JournalFiles files, SpaceBudget room, JournalOptions options) {
        this.files = files;
        this.room = room;
        segmentBytes = options.segmentBytes();
        maker = new SegmentMaker(files, segmentBytes);
        readyMin = segments(options.reserveBytesMin() + options.marginBytes(Purpose.CHANGE));
        readyMax = readyMin;
    }

    private int segments(long bytes) {
        long usable = LogSegment.usableBytes(segmentBytes);
        return (int) ((bytes + usable - 1) / usable);
    }

    /**
     * Makes room for that many bytes in all, until it is told to {@link #relax}: something larger comes than was
     * foreseen.
     */
    void provide(long bytes) {
        int segments = segments(bytes);
        synchronized (ready) {
            if (segments <= readyMax) {
                return;
            }
            readyMax = segments;
        }
        taken.run();
    }

    /** Makes room for what was foreseen. */
    void relax() {
        synchronized (ready) {
            readyMax = readyMin;
        }
        taken.run();
    }

    /** Keeps one segment ready at most: space is needed for something else. */
    void shrink() {
        synchronized (ready) {
            readyMax = 1;
        }
    }

    /** Calls that whenever there is something to {@link #fill}. */
    void onTaken(Runnable wake) {
        taken = wake;
    }

    /** Why the last segment could not be made; null where it could. */
    IOException failure() {
        return failure;
    }

    /** Whether no more can be made, for want of space. */
    boolean isFull() {
        return failure instanceof NoSpaceException;
    }

    /** Whether {@link #take} has something to take. */
    boolean isReady() {
        synchronized (ready) {
            return !ready.isEmpty();
        }
    }

    /** How many are ready. */
    int segments() {
        synchronized (ready) {
            return ready.size();
        }
    }

    /** Deletes what is ready, and goes on with that number. */
    void restart(long number) throws IOException {
        synchronized (making) {
            close();
            nextNumber = number;
        }
        taken.run();
    }

    /** Makes a segment unless enough are ready; says whether it did. */
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
            room.reserved(LogSegment.usableBytes(segmentBytes));
            return true;
        }
    }

    /** Makes segments until there are enough, or one cannot be made: then {@link #failure} says why. */
    void fillAll() {
        try {
            boolean hasMade;
            do {
                hasMade = fill();
            } while (hasMade);
        } catch (IOException e) {
            // It is kept as the failure.
            giveBack();
        }
    }

    /** Deletes what was made for something larger than was foreseen, which the disk turned out to have no space for. */
    private void giveBack() {
        synchronized (making) {
            synchronized (ready) {
                readyMax = Math.min(readyMax, readyMin);
            }
            for (LogSegment segment = pollSurplus(); segment != null; segment = pollSurplus()) {
                nextNumber = segment.number();
                room.reserved(-LogSegment.usableBytes(segmentBytes));
                try {
                    segment.close();
                    files.delete(segment.name());
                } catch (IOException e) {
                    failure.addSuppressed(e);
                    return;
                }
            }
        }
    }

    private LogSegment pollSurplus() {
        synchronized (ready) {
            return ready.size() > readyMax ? ready.pollLast() : null;
        }
    }

    /** The next segment. Makes one where none is ready. */
    LogSegment take() throws IOException {
        LogSegment next = poll();
        while (next == null) {
            fill();
            next = poll();
        }
        taken.run();
        return next;
    }

    private LogSegment poll() {
        synchronized (ready) {
            return ready.poll();
        }
    }

    private LogSegment makeNext() throws IOException {
        try {
            LogSegment made = maker.make(nextNumber);
            failure = null;
            return made;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Deletes what is ready; makes no more until it is restarted. */
    @Override
    public void close() throws IOException {
        synchronized (making) {
            nextNumber = 0;
            for (LogSegment segment = poll(); segment != null; segment = poll()) {
                room.reserved(-LogSegment.usableBytes(segmentBytes));
                segment.close();
                files.delete(segment.name());
            }
        }
    }
}
