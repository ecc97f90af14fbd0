package dev.tessera.server;

import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The options of a start that are not settings.
 *
 * @param clock wall clock for the expiry of sessions
 * @param repairs whether a damaged journal is repaired instead of refused
 * @param disk the disk of the journal
 */
public record StartOptions(Clock clock, boolean repairs, Disk disk) {

    /** Opens the files of a directory. */
    public interface Disk {

        /** Returns the files of a directory, and creates the directory if it is missing. */
        JournalFiles files(Path directory) throws IOException;
    }

    /** The clock and the disk of this machine, without repair. */
    public static final StartOptions DEFAULT = new StartOptions(Clock.systemUTC(), false, DiskFiles::new);

    /** Returns a copy with another clock. */
    public StartOptions withClock(Clock other) {
        return new StartOptions(other, repairs, disk);
    }

    /** Returns a copy with or without repair. */
    public StartOptions withRepair(boolean wanted) {
        return new StartOptions(clock, wanted, disk);
    }

    /** Returns a copy with another disk. */
    public StartOptions withDisk(Disk other) {
        return new StartOptions(clock, repairs, other);
    }
}
