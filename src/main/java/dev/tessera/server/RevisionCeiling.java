package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.disk.Directories;
import dev.tessera.impl.disk.PrivateFiles;
import dev.tessera.impl.journal.file.DiskTrouble;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.session.RevisionClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * A bound of all revisions that this server gives out, kept in the data directory. The next start continues above it,
 * so no revision is given out twice, even if the last changes are lost or the clock is set back.
 *
 * <p>The bound is on disk before the server uses it. A thread of its own raises it while time passes; if the disk does
 * not answer, revisions stay below it. The file has two slots, which are written in turn, so that a torn write leaves
 * the other one:
 *
 * <pre>
 *   0             8          16          20
 *   +-------------+----------+-----------+
 *   | "TESSERAR"  | ceiling  | CRC-32C   |     at 0 and at 512; little endian
 *   +-------------+----------+-----------+
 * </pre>
 *
 * <p>Thread-safe.
 */
final class RevisionCeiling implements AutoCloseable {

    private static final LimitedLog FAILED = LimitedLog.error(
            RevisionCeiling.class, "The bound of revisions cannot be written to the data directory; check its disk");

    private static final String FILE_NAME = "revisions";
    private static final long MAGIC = ByteBuffer.wrap(new byte[] {'T', 'E', 'S', 'S', 'E', 'R', 'A', 'R'})
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    private static final int SLOT_BYTES = 20;
    private static final int CRC_AT = 16;
    private static final int SLOT_DISTANCE = 512;
    private static final long RAISE_INTERVAL_MS = 1000;

    private final Path dataDir;
    private final Path file;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "tessera-revisions");
        created.setDaemon(true);
        return created;
    });
    /** The revision above which this process continues. */
    private final long base;

    private int slot;
    private volatile long ceiling;

    private RevisionCeiling(Path dataDir, long base, InstantSource clock, LongSupplier nanoTime) {
        this.dataDir = dataDir;
        this.file = dataDir.resolve(FILE_NAME);
        this.base = base;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /**
     * Reads the bound of the last process, and writes a higher one. Blocks.
     *
     * @param seen the largest revision in the restored data
     * @param clock the clock of the partitions
     * @param nanoTime a monotonic clock
     * @throws StartException if the file cannot be read or written
     */
    static RevisionCeiling open(Path dataDir, long seen, InstantSource clock, LongSupplier nanoTime) {
        Path file = dataDir.resolve(FILE_NAME);
        try {
            PrivateFiles.createDirectories(dataDir);
            long last = Files.exists(file) ? read(file) : 0;
            long skipped = 1 + (long) (new SecureRandom().nextDouble() * RevisionClock.SKIP_MAX);
            RevisionCeiling opened = new RevisionCeiling(dataDir, Math.max(last, seen) + skipped, clock, nanoTime);
            opened.write(opened.wanted());
            return opened;
        } catch (IOException e) {
            throw new StartException(
                    "cannot read or write " + file + " (" + e + "): "
                            + DiskTrouble.of(e).remedy() + ", or set " + Settings.DATA_DIR.path()
                            + " to another directory",
                    e);
        }
    }

    /** Begins to raise the bound while time passes. */
    RevisionCeiling start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::raise, RAISE_INTERVAL_MS, RAISE_INTERVAL_MS, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Returns the revision above which all partitions continue. */
    long base() {
        return base;
    }

    /** Returns the present bound. */
    long ceiling() {
        return ceiling;
    }

    /**
     * Returns the bound up to which the time carries revisions. Those above it are for changes while the disk does not
     * answer, each of which adds one.
     */
    long timeMax() {
        return ceiling - RevisionClock.CEILING_AHEAD / 4;
    }

    /** Raises the bound if the revisions come close to it. A partition gives out less than one in a microsecond. */
    void raise() {
        long wanted = wanted();
        if (wanted - ceiling < RevisionClock.CEILING_AHEAD / 2) {
            return;
        }
        try {
            write(wanted);
        } catch (IOException e) {
            FAILED.log(e);
        }
    }

    private long wanted() {
        long sinceStart = TimeUnit.NANOSECONDS.toMicros(nanoTime.getAsLong() - startNanos);
        return Math.max(clock.millis() * RevisionClock.MICROS_PER_MS, base + sinceStart) + RevisionClock.CEILING_AHEAD;
    }

    /** Writes a slot and forces it to disk; then the bound is valid. */
    private synchronized void write(long value) throws IOException {
        boolean isNew = !Files.exists(file);
        ByteBuffer bytes = ByteBuffer.allocate(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putLong(value).putInt(crc(bytes)).flip();
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long at = (long) slot * SLOT_DISTANCE;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(isNew);
        }
        if (isNew) {
            Directories.force(dataDir);
        }
        slot = 1 - slot;
        ceiling = value;
    }

    /** Returns the higher one of the valid slots. */
    private static long read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long last = 0;
        for (int at = 0; at + SLOT_BYTES <= bytes.capacity(); at += SLOT_DISTANCE) {
            ByteBuffer slot = bytes.slice(at, SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (slot.getLong(0) == MAGIC && slot.getInt(CRC_AT) == crc(slot)) {
                last = Math.max(last, slot.getLong(Long.BYTES));
            }
        }
        if (last == 0) {
            throw new IOException("no bound of revisions in it is whole; delete it only if the clock is right");
        }
        return last;
    }

    private static int crc(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.array(), slot.arrayOffset(), CRC_AT);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
