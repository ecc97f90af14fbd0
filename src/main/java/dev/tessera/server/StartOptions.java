package dev.tessera.server;

import dev.tessera.impl.journal.file.DirectoryClaim;
import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.session.SessionClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;

/** The options of a start that are not settings. Immutable. */
public final class StartOptions {

    /** Opens the files of a directory. */
    interface Disk {

        /**
         * Returns the files of a directory, and creates the directory if it is missing.
         *
         * @param claim the right of this process to the directory
         */
        JournalFiles files(Path directory, DirectoryClaim claim) throws IOException;
    }

    /** The clocks and the disk of this machine, without repair. */
    public static final StartOptions DEFAULT =
            new StartOptions(Clock.systemUTC(), System::nanoTime, false, DiskFiles::new);

    private final Clock wall;
    private final LongSupplier nanoTime;
    private final boolean repairs;
    private final Disk disk;

    private StartOptions(Clock wall, LongSupplier nanoTime, boolean repairs, Disk disk) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.repairs = repairs;
        this.disk = disk;
    }

    /**
     * Returns a copy with other clocks. Sessions expire by the monotonic clock, which the server steers slowly towards
     * the wall clock. A test that lets time pass moves both.
     *
     * @param otherNanoTime a monotonic clock in place of {@link System#nanoTime}
     */
    public StartOptions withClocks(Clock otherWall, LongSupplier otherNanoTime) {
        return new StartOptions(otherWall, otherNanoTime, repairs, disk);
    }

    /** Returns a copy with which the start repairs a damaged journal, or refuses it. */
    public StartOptions withRepair(boolean wanted) {
        return new StartOptions(wall, nanoTime, wanted, disk);
    }

    /** Returns a copy with another disk for the journal. */
    StartOptions withDisk(Disk other) {
        return new StartOptions(wall, nanoTime, repairs, other);
    }

    /** Returns the wall clock. */
    Clock wall() {
        return wall;
    }

    /** Returns the monotonic clock, like {@link System#nanoTime}. */
    LongSupplier nanoTime() {
        return nanoTime;
    }

    /** Creates the clock by which the sessions of a server expire. */
    SessionClock newSessionClock() {
        return new SessionClock(wall, nanoTime);
    }

    boolean repairs() {
        return repairs;
    }

    Disk disk() {
        return disk;
    }
}
