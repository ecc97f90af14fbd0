package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.journal.file.NoSpaceException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The journal of a server: takes chunks from stores and writes them on a thread of its own; a second thread makes
 * segments ahead. See {@link JournalWriter} for what it does after a failure.
 */
public final class Journal implements JournalLog, AutoCloseable {

    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(2);
    /**
     * Under {@link JournalPolicy#EVERYSEC}, chunks are written together that come within this time, or of these many
     * bytes.
     */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long GATHER_BYTES = 1 << 18;

    private final JournalFiles files;
    private final JournalOptions options;
    private final Recovered recovered;
    private final SpaceBudget room = new SpaceBudget();
    private final JournalRecorder counts = new JournalRecorder();
    private final ChunkQueue queue = new ChunkQueue(GATHER_BYTES);
    private final SegmentPool reserve;
    private final Thread thread = new Thread(this::run, "journal-writer");
    private JournalWriter writer;
    private SegmentPoolFiller filler;
    private volatile boolean isClosing;

    /** Of a directory that was recovered, and that no other process uses. */
    public Journal(JournalFiles files, JournalOptions options, Recovered recovered) {
        this.files = files;
        this.options = options;
        this.recovered = recovered;
        reserve = new SegmentPool(files, room, options);
    }

    /**
     * Begins to write. After a repair, or where there is no space to begin with, it asks for an image at once, and
     * refuses changes until that is complete.
     *
     * @throws IOException where the directory cannot be written to
     */
    public void start(JournalListener toTell) throws IOException {
        writer = new JournalWriter(files, options, recovered, reserve, room, counts, toTell);
        writer.open(System.nanoTime());
        filler = new SegmentPoolFiller(reserve, options.retryMs(), toTell::healthChanged);
        filler.fill();
        filler.start();
        thread.start();
    }

    private void run() {
        long gatherNanos = options.policy() == JournalPolicy.EVERYSEC ? GATHER_NANOS : 0;
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
    public Reservation admit(long costMax, Purpose purpose) {
        JournalWriter.State state = writer.state();
        if (state == JournalWriter.State.ANEW && purpose == Purpose.IMAGE) {
            room.promise(costMax);
            return Reservation.ACCEPTED;
        }
        if (state != JournalWriter.State.RUNNING) {
            return writer.failure() instanceof NoSpaceException ? Reservation.STORAGE_FULL : Reservation.UNAVAILABLE;
        }
        return room.promise(costMax, options.marginBytes(purpose))
                ? Reservation.ACCEPTED
                : noRoom(costMax + options.marginBytes(purpose));
    }

    private Reservation noRoom(long bytes) {
        reserve.provide(bytes);
        IOException why = reserve.failure();
        return why == null
                ? Reservation.BEHIND
                : why instanceof NoSpaceException ? Reservation.STORAGE_FULL : Reservation.UNAVAILABLE;
    }

    @Override
    public void release(long admitted) {
        room.release(admitted);
    }

    @Override
    public long append(Chunk chunk) {
        return queue.add(chunk);
    }

    @Override
    public boolean isLagging() {
        if (writer.state() != JournalWriter.State.RUNNING) {
            return false;
        }
        long since = writer.unforcedSince();
        return queue.bytes() > options.queuedBytesMax()
                || since != 0 && System.nanoTime() - since > LAG_NANOS
                || reserve.failure() == null
                        && room.left() < options.marginBytes(Purpose.CHANGE) + options.reserveBytesMin() / 2;
    }

    @Override
    public void imageComplete(long image) {
        queue.add(new SnapshotEnd(image));
    }

    @Override
    public JournalHealth health() {
        LogSize log = writer.size();
        return new JournalHealth(admit(0, Purpose.CHANGE), reason(), log.logBytes(), log.imageBytes(), queue.bytes());
    }

    /** What it takes and does, for those who watch it. */
    public JournalStatistics figures() {
        int reserved = reserve.segments();
        LogSize log = writer.size();
        return new JournalStatistics(
                log.segments() + reserved,
                log.logBytes(),
                log.imageBytes(),
                reserved * options.segmentBytes(),
                queue.bytes(),
                counts.payloads(),
                counts.writtenBytes(),
                counts.forces(),
                counts.forceNanos(),
                counts.images());
    }

    private String reason() {
        Throwable failure = writer.failure();
        // Not by the state, which changes in another moment.
        if (failure == null) {
            failure = reserve.failure();
            return failure == null
                    ? ""
                    : "no space can be reserved (" + failure.getMessage() + "): free space on the disk";
        }
        return failure instanceof NoSpaceException
                ? "the disk is full: free space; then everything is written anew"
                : "everything is being written anew, for " + failure.getMessage();
    }

    /** Writes and forces all that was appended, and ends. */
    @Override
    public void close() {
        isClosing = true;
        queue.close();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The files must be in order first.
                isInterrupted = true;
            }
        }
        if (filler != null) {
            filler.close();
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
