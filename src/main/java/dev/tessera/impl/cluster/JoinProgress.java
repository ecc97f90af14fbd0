package dev.tessera.impl.cluster;

import dev.tessera.impl.cluster.hazelcast.BackgroundThread;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A report of the steps of a node that joins. It logs each step at once, and again every few seconds while the step
 * lasts, because a node may have to wait for others. Thread-safe.
 */
final class JoinProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JoinProgress.class);
    private static final int INTERVAL_SECONDS = 3;

    private record Step(String text, long sinceNs) {

        @Override
        public String toString() {
            return text + " (for " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNs) + " s)";
        }
    }

    private final ScheduledExecutorService thread = BackgroundThread.create("tessera-join");
    private volatile Step step;

    /** Begins the first step. */
    JoinProgress(String first) {
        step = new Step(first, System.nanoTime());
        LOG.info("{}", first);
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> LOG.info("{}", step), INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Begins the next step. */
    void enter(String next) {
        step = new Step(next, System.nanoTime());
        LOG.info("{}", next);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
