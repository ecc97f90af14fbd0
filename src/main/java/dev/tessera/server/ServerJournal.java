package dev.tessera.server;

import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.journal.Journal;
import dev.tessera.impl.journal.JournalDamagedException;
import dev.tessera.impl.journal.JournalHealth;
import dev.tessera.impl.journal.JournalListener;
import dev.tessera.impl.journal.Recovered;
import dev.tessera.impl.journal.change.PayloadException;
import dev.tessera.impl.journal.change.ReplayTarget;
import dev.tessera.impl.journal.file.DirectoryLock;
import dev.tessera.impl.journal.file.DiskTrouble;
import dev.tessera.impl.journal.file.JournalFiles;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in a server's data directory. The start replays and opens it; the stop closes it. Its methods block, so
 * event loops must not call them.
 */
final class ServerJournal {

    private static final Logger LOG = LoggerFactory.getLogger(ServerJournal.class);

    private static final String DIRECTORY = "journal";

    private final DirectoryLock lock;
    private final Journal journal;

    private ServerJournal(DirectoryLock lock, Journal journal) {
        this.lock = lock;
        this.journal = journal;
    }

    /** Returns the journal that an earlier server left in the data directory, if this one runs without a journal. */
    static Optional<Path> ignored(ServerOptions.JournalSetup setup) {
        return setup.mode() != JournalMode.OFF
                ? Optional.empty()
                : setup.dataDir().map(data -> data.resolve(DIRECTORY)).filter(Files::isDirectory);
    }

    /**
     * Replays the configured journal and opens it for writing.
     *
     * @param secret is kept again if somebody removes the whole data directory
     * @throws StartException if the directory is not usable, or if the journal is damaged and this is no repair
     */
    static ServerJournal open(
            ServerOptions.JournalSetup setup,
            StartOptions options,
            SharedSecret secret,
            ReplayTarget target,
            JournalListener listener,
            MemoryBudget memory) {
        Path data = setup.dataDir().orElseThrow();
        Path directory = data.resolve(DIRECTORY);
        DirectoryLock lock = null;
        Journal journal = null;
        try {
            DirectoryLock acquired = DirectoryLock.acquire(data)
                    .orElseThrow(() -> new StartException(
                            "another server uses " + data + ": stop it, or set " + Settings.DATA_DIR.path()
                                    + " to another directory",
                            null));
            lock = acquired;
            JournalFiles files = options.disk().files(directory, () -> renew(acquired, data, secret));
            Recovered recovered = Replay.run(files, directory, target, options.repairs(), memory);
            journal = new Journal(files, setup.options(), recovered);
            journal.start(listener);
            return new ServerJournal(lock, journal);
        } catch (JournalDamagedException e) {
            throw failed(
                    lock,
                    new StartException("the journal in " + directory + " cannot be replayed: " + e.getMessage(), e));
        } catch (PayloadException e) {
            throw failed(
                    lock,
                    new StartException(
                            "the journal in " + directory + " holds what this version does not understand ("
                                    + e.getMessage() + "): start the version that wrote it",
                            e));
        } catch (IOException e) {
            throw failed(
                    lock,
                    new StartException(
                            "cannot read or write the journal in " + directory + " (" + e + "): "
                                    + DiskTrouble.of(e).remedy() + ", or set " + Settings.DATA_DIR.path()
                                    + " to another directory",
                            e));
        } catch (RuntimeException e) {
            throw failed(lock, e);
        }
    }

    private static void renew(DirectoryLock lock, Path data, SharedSecret secret) throws IOException {
        if (lock.renew()) {
            secret.keepAgain(data);
        }
    }

    private static <E extends RuntimeException> E failed(@Nullable DirectoryLock lock, E failure) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    /** Returns the journal. */
    Journal log() {
        return journal;
    }

    /** Returns why the journal refuses changes, or may do so soon, in one line; empty if it is healthy. */
    String trouble() {
        JournalHealth health = journal.health();
        return switch (health.reservation()) {
            case STORAGE_FULL ->
                "commands that write are answered with 205, because the disk is full: " + health.reason();
            case UNAVAILABLE ->
                "commands that write are answered with 200, because the disk cannot be written: " + health.reason();
            case ACCEPTED, EXHAUSTED ->
                health.reason().isEmpty() ? "" : "no more space can be reserved: " + health.reason();
        };
    }

    /** Writes all appended changes, and unlocks the directory. */
    void close() {
        try (lock) {
            journal.close();
        } catch (IOException e) {
            LOG.error("Cannot close the journal completely. The last changes may be missing at the next start", e);
        }
    }
}
