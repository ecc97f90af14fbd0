package dev.tessera.server;

import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** The options of a start that are not settings. Immutable. */
public final class StartOptions {

    /** Opens the files of a directory. */
    interface Disk {

        /** Returns the files of a directory, and creates the directory if it is missing. */
        JournalFiles files(Path directory) throws IOException;
    }

    /** The clock and the disk of this machine, without repair. */
    public static final StartOptions DEFAULT = new StartOptions(Clock.systemUTC(), false, DiskFiles::new);

    private final Clock clock;
    private final boolean repairs;
    private final Disk disk;

    private StartOptions(Clock clock, boolean repairs, Disk disk) {
        this.clock = clock;
        this.repairs = repairs;
        this.disk = disk;
    }

    /** Returns a copy with another clock for the expiry of sessions. */
    public StartOptions withClock(Clock other) {
        return new StartOptions(other, repairs, disk);
    }

    /** Returns a copy with which the start repairs a damaged journal, or refuses it. */
    public StartOptions withRepair(boolean wanted) {
        return new StartOptions(clock, wanted, disk);
    }

    /** Returns a copy with another disk for the journal. */
    StartOptions withDisk(Disk other) {
        return new StartOptions(clock, repairs, other);
    }

    Clock clock() {
        return clock;
    }

    boolean repairs() {
        return repairs;
    }

    Disk disk() {
        return disk;
    }
}
