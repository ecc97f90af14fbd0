package dev.tessera.server;

import dev.tessera.config.Settings;
import dev.tessera.impl.journal.JournalDamagedException;
import dev.tessera.impl.journal.Recovered;
import dev.tessera.impl.journal.Recovery;
import dev.tessera.impl.journal.change.ReplayTarget;
import dev.tessera.impl.journal.change.Replayer;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.memory.MemoryBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replay of the journal at the start, with progress in the log. */
final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** The replay reads the clock once per this many payloads. */
    private static final int PAYLOADS_PER_CHECK = 1024;

    /** The replay may take one part in this number more than the limit. */
    private static final int TOLERANCE_FRACTION = 8;

    private static final long MEGABYTE = 1_000_000;

    private final Recovery recovery;
    private final Replayer replayer;
    private final Path directory;
    private final MemoryBudget memory;
    private long payloadBytes;
    private final long begun = System.nanoTime();
    private long reported = begun;
    private int payloads;

    private Replay(JournalFiles files, Path directory, ReplayTarget target, MemoryBudget memory) {
        this.directory = directory;
        this.memory = memory;
        recovery = new Recovery(files);
        replayer = new Replayer(target);
    }

    /**
     * Replays the whole journal. Blocks.
     *
     * @throws StartException if the sessions need more memory than they may take
     */
    static Recovered run(JournalFiles files, Path directory, ReplayTarget target, boolean repairs, MemoryBudget memory)
            throws IOException, JournalDamagedException {
        Replay replay = new Replay(files, directory, target, memory);
        if (!files.list().isEmpty()) {
            LOG.info("Replaying the journal in {}", directory);
        }
        Recovered recovered = replay.recovery.run(replay::accept, repairs);
        if (recovered.cutBytes() > 0) {
            LOG.warn(
                    "The last {} bytes of the journal in {} were unfinished when the process ended; the replay "
                            + "cuts them off",
                    recovered.cutBytes(),
                    directory);
        }
        recovered.damages().forEach(damage -> LOG.warn("Repairing the journal in {}: {}", directory, damage));
        if (recovered.records() > 0) {
            LOG.info("Replayed {}", replay.progress(recovered.logBytes()));
        }
        return recovered;
    }

    private void accept(byte[] bytes, int from, int to) {
        replayer.accept(bytes, from, to);
        payloadBytes += to - from;
        requireMemory();
        if (++payloads % PAYLOADS_PER_CHECK == 0 && System.nanoTime() - reported > REPORT_NANOS) {
            reported = System.nanoTime();
            LOG.info(
                    "Replaying the journal: {} of {} MB; {}",
                    recovery.bytesRead() / MEGABYTE,
                    recovery.bytesTotal() / MEGABYTE,
                    progress(recovery.bytesRead()));
        }
    }

    private void requireMemory() {
        long max = memory.limits().bytesMax();
        long used = memory.usedBytes() + replayer.heldBytes();
        // A server that was full finds its data again, although the tables of a session may have other sizes now.
        if (used - max > max / TOLERANCE_FRACTION) {
            double needed = (double) used / payloadBytes * Math.max(payloadBytes, recovery.bytesTotal());
            throw new StartException(
                    String.format(
                            Locale.ROOT,
                            "the journal in %s needs about %.0f bytes of memory, but sessions and keys may take %d: "
                                    + "raise %s, and with it the heap (-Xmx), of which they may take about half by "
                                    + "default",
                            directory,
                            needed,
                            max,
                            Settings.MAX_DATA_BYTES.path()),
                    null);
        }
    }

    private String progress(long bytes) {
        double seconds = Math.max(1, System.nanoTime() - begun) / 1e9;
        return String.format(
                Locale.ROOT,
                "%,d keys stored and %,d sessions made in %.1f s, %,.0f keys/s, %,.0f MB/s",
                replayer.keys(),
                replayer.sessions(),
                seconds,
                replayer.keys() / seconds,
                bytes / seconds / MEGABYTE);
    }
}
