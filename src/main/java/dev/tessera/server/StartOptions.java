package dev.tessera.server;

import dev.tessera.impl.journal.file.DiskFiles;
import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a server is started, beside its configuration.
 *
 * @param clock wall clock for the expiry of sessions
 * @param repairs whether a damaged journal is repaired, and not refused
 * @param disk where the journal lies
 */
public record StartOptions(Clock clock, boolean repairs, Disk disk) {

    /** Opens the files of a directory. */
    public interface Disk {

        /** The files of this directory, which is made where there is none. */
        JournalFiles files(Path directory) throws IOException;
    }

    /** By the clock of this machine, on its disk, and without repair. */
    public static final StartOptions DEFAULT = new StartOptions(Clock.systemUTC(), false, DiskFiles::new);

    /** With another clock. */
    public StartOptions withClock(Clock other) {
        return new StartOptions(other, repairs, disk);
    }

    /** With or without repair. */
    public StartOptions withRepair(boolean wanted) {
        return new StartOptions(clock, wanted, disk);
    }

    /** With another disk. */
    public StartOptions withDisk(Disk other) {
        return new StartOptions(clock, repairs, other);
    }
}
