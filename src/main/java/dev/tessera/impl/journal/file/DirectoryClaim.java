package dev.tessera.impl.journal.file;

import java.io.IOException;

/** The right of this process to a directory, which somebody may have removed together with the lock in it. */
@FunctionalInterface
public interface DirectoryClaim {

    /** A claim without a lock; for tests. */
    DirectoryClaim UNLOCKED = () -> {};

    /** Takes the right again if it is lost. Throws if another process has it. */
    void renew() throws IOException;
}
