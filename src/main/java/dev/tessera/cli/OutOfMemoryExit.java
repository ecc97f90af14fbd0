package dev.tessera.cli;

import dev.tessera.impl.log.LimitedLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process with exit code 3 after an {@link OutOfMemoryError}, whatever flags the JVM has. After such an error,
 * event loops may be dead and state may be half changed; a supervisor restarts a process that has ended, but not one
 * that looks alive.
 *
 * <p>No API reports the error: its thread gets it, and libraries catch it. So there are two ways to notice it:
 *
 * <ul>
 *   <li><b>A soft reference.</b> The JVM promises to clear all soft references before it throws the error. A thread
 *       looks whether it has cleared one that is always fresh, which it otherwise never clears. A few garbage
 *       collectors also clear it under pressure, so the heap must be nearly full after the collection, too.
 *   <li><b>The error itself</b>, if it ends a thread or passes the log ({@link OutOfMemoryFilter}). That covers errors
 *       of a heap that is not full: one huge array, or memory outside the heap.
 * </ul>
 *
 * <p>The end needs no memory: threads, text and stream exist before. It does not wait for a standard error that nobody
 * reads. Thread-safe.
 */
final class OutOfMemoryExit {

    private static final LimitedLog UNCAUGHT =
            LimitedLog.error(OutOfMemoryExit.class, "A thread ended with an exception: {}");

    private static final int LOOK_MS = 50;
    /** How long the line may take to leave before the process ends without it. */
    private static final int LINE_MS = 1000;

    private static final int CAUSES_MAX = 20;
    /** A heap that is fuller than this after a collection counts as full. */
    private static final double FULL = 0.85;

    private static final FileOutputStream STDERR = new FileOutputStream(FileDescriptor.err);
    private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory();
    private static final byte[] LINE = ("tessera: out of memory (the heap has " + (HEAP_BYTES >> 20)
                    + " MiB); the process ends at once, because it may no longer work: raise -Xmx, or lower the"
                    + " limits\n")
            .getBytes(StandardCharsets.UTF_8);

    private static final AtomicBoolean ENDING = new AtomicBoolean();

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .toList();

    private SoftReference<Object> canary = new SoftReference<>(new Object());

    private OutOfMemoryExit() {}

    /** Starts to look for the error, until the process ends. */
    static void install() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            endIfCausedBy(failure);
            UNCAUGHT.log(thread.getName(), failure);
        });
        start("tessera-memory", new OutOfMemoryExit()::look);
        start("tessera-memory-end", OutOfMemoryExit::endWithoutLine);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process if the failure is an {@link OutOfMemoryError}, or if one caused it. */
    static void endIfCausedBy(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            if (cause instanceof OutOfMemoryError) {
                end();
            }
            cause = cause.getCause();
        }
    }

    private static void end() {
        if (ENDING.compareAndSet(false, true)) {
            try {
                STDERR.write(LINE);
            } catch (IOException e) {
                // Nobody can read the line; the exit code tells it too.
            }
            Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY);
        }
    }

    private void look() {
        while (sleep(LOOK_MS)) {
            if (hasRunOut()) {
                end();
            }
        }
    }

    private boolean hasRunOut() {
        // The call also keeps the reference fresh.
        if (canary.get() != null) {
            return false;
        }
        try {
            if (usedAfterCollection() > FULL * HEAP_BYTES) {
                return true;
            }
            canary = new SoftReference<>(new Object());
            return false;
        } catch (OutOfMemoryError e) {
            return true;
        }
    }

    private long usedAfterCollection() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes;
    }

    private static void endWithoutLine() {
        while (sleep(LOOK_MS)) {
            if (ENDING.get()) {
                sleep(LINE_MS);
                Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY);
            }
        }
    }

    private static boolean sleep(int ms) {
        try {
            Thread.sleep(ms);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
