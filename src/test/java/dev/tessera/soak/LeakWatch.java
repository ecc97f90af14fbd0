package dev.tessera.soak;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A watch for leaked Netty buffers. Netty tracks all buffers that are allocated while it watches, and reports those
 * that became garbage without a release. At the end, the watch leaks one buffer on purpose. After Netty has reported
 * that one, it has reported all earlier ones. Therefore every use proves that the watch would have seen a leak.
 */
final class LeakWatch implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            reports.add(event.getFormattedMessage());
        }
    };
    private final ResourceLeakDetector.Level levelBefore;

    /**
     * Starts to watch.
     *
     * @param vertx any Vert.x; the first one in a process switches the tracking off, so it must exist already
     */
    LeakWatch(Vertx vertx) {
        if (vertx == null) {
            throw new IllegalArgumentException("a Vert.x must have been made before");
        }
        levelBefore = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    /** Returns Netty's reports of leaks until now. All owners of buffers must be closed. */
    List<String> leaks() throws InterruptedException {
        String last = "leaked on purpose: " + UUID.randomUUID();
        leak(last);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (reports.stream().noneMatch(report -> report.contains(last))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Netty did not report the buffer that was leaked on purpose, so other leaks may be "
                                + "missing too");
            }
            System.gc();
            // Netty reports leaks when it allocates buffers.
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        return reports.stream()
                .filter(report -> !report.contains("leaked on purpose"))
                .toList();
    }

    /** Leaks a buffer with a hint. */
    static void leak(String hint) {
        ByteBufAllocator.DEFAULT.directBuffer(1).touch(hint);
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        ResourceLeakDetector.setLevel(levelBefore);
    }
}
