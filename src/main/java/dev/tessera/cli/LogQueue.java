package dev.tessera.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import dev.tessera.impl.log.DroppedLines;
import java.util.Iterator;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A queue of lines before the appender that writes them. A thread of its own writes, because a standard output that
 * nobody reads blocks the writer. No caller ever waits: if the queue is full, the line is dropped and counted. The last
 * places are kept for warnings, and the very last ones for errors. Logback's own {@code AsyncAppender} does not count.
 *
 * <p>Logback creates it by {@code logback.xml}. Thread-safe.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {

    /** Lines that may wait; each takes a few kB at most. */
    static final int LINES_MAX = 512;
    /** How long a process that ends waits for the last lines. */
    static final long FLUSH_TIMEOUT_MS = 500;

    private static final int PLACES_FOR_WARNINGS = LINES_MAX / 4;
    private static final int PLACES_FOR_ERRORS = LINES_MAX / 8;

    /** Contains lines, and the latches of callers that wait for all lines before them. */
    private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(LINES_MAX);

    private final AppenderAttachableImpl<ILoggingEvent> writers = new AppenderAttachableImpl<>();
    private final AtomicLong dropped = new AtomicLong();

    /** Creates a queue; Logback starts it. */
    public LogQueue() {}

    @Override
    public void start() {
        Thread thread = new Thread(this::write, "tessera-log");
        thread.setDaemon(true);
        super.start();
        thread.start();
    }

    @Override
    protected void append(ILoggingEvent line) {
        line.prepareForDeferredProcessing();
        if (queue.remainingCapacity() <= keptPlaces(line.getLevel()) || !queue.offer(line)) {
            dropped.incrementAndGet();
            DroppedLines.countUnwritten();
        }
    }

    private static int keptPlaces(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return 0;
        }
        return level.isGreaterOrEqual(Level.WARN) ? PLACES_FOR_ERRORS : PLACES_FOR_WARNINGS;
    }

    private void write() {
        try {
            while (true) {
                Object next = queue.take();
                reportDropped();
                if (next instanceof ILoggingEvent line) {
                    writers.appendLoopOnAppenders(line);
                } else if (next instanceof CountDownLatch written) {
                    written.countDown();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0 && context instanceof LoggerContext loggers) {
            writers.appendLoopOnAppenders(new LoggingEvent(
                    LogQueue.class.getName(),
                    loggers.getLogger(LogQueue.class),
                    Level.WARN,
                    "The log has lost {} lines, because its reader did not take them in time",
                    null,
                    new Object[] {count}));
        }
    }

    /** Waits until all lines so far are written, or the time is up. */
    static void flush(long timeoutMs) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof LogQueue queue) {
                    queue.awaitWritten(timeoutMs);
                }
            });
        }
    }

    /** Waits until all lines so far are written, or the time is up; returns whether they are. */
    boolean awaitWritten(long timeoutMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        CountDownLatch written = new CountDownLatch(1);
        try {
            return queue.offer(written, timeoutMs, TimeUnit.MILLISECONDS)
                    && written.await(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> writer) {
        writers.addAppender(writer);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return writers.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return writers.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> writer) {
        return writers.isAttached(writer);
    }

    @Override
    public void detachAndStopAllAppenders() {
        writers.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> writer) {
        return writers.detachAppender(writer);
    }

    @Override
    public boolean detachAppender(String name) {
        return writers.detachAppender(name);
    }
}
