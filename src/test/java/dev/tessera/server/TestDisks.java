package dev.tessera.server;

import dev.tessera.impl.journal.file.JournalFiles;

/** Options of a start with a disk of the test, for tests of other packages. */
public final class TestDisks {

    private TestDisks() {}

    /** Returns the default options, with the journal on this disk. */
    public static StartOptions on(JournalFiles disk) {
        return StartOptions.DEFAULT.withDisk((path, claim) -> disk);
    }
}
