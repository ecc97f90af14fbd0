package dev.tessera.cli;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraNode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shutdown hook that drains the server after SIGTERM or SIGINT, before the JVM ends. If the server has not started
 * yet, the hook abandons the start, however long that would still take.
 */
final class GracefulStop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    /** How long the steps around the drain may take: the margin of the server, and the end of Vert.x. */
    private static final int MARGIN_MS = 5000;

    private final TesseraNode node;
    private final Configuration configuration;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();

    private GracefulStop(TesseraNode node, Configuration configuration) {
        this.node = node;
        this.configuration = configuration;
    }

    /** Registers the hook for a node that is about to start. */
    static GracefulStop onSignal(TesseraNode node, Configuration configuration) {
        GracefulStop stop = new GracefulStop(node, configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "tessera-stop"));
        return stop;
    }

    /** Cancels the hook after the start has failed; returns false if the hook runs, and made the start fail. */
    boolean cancel() {
        return started.compareAndSet(false, true);
    }

    /** Blocks until the server has stopped. */
    void await() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void run() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        long timeoutMs = configuration.get(Settings.DRAIN_TIMEOUT).toMillis() + MARGIN_MS;
        if (node.hasStarted()) {
            LOG.info(
                    "Stopping: draining for up to {} ms",
                    configuration.get(Settings.DRAIN_TIMEOUT).toMillis());
        } else {
            LOG.info("Stopping: the start is given up");
        }
        if (configuration.get(Settings.CLUSTER_ENABLED)) {
            LOG.info(
                    "Then handing the partitions over for up to {} ms",
                    configuration.get(Settings.CLUSTER_HANDOVER_TIMEOUT).toMillis());
            timeoutMs += configuration.get(Settings.CLUSTER_HANDOVER_TIMEOUT).toMillis();
        }
        try {
            // On a thread of its own, so that a part that does not end cannot keep the JVM alive.
            Thread stopping = new Thread(this::stop, "tessera-stopping");
            stopping.setDaemon(true);
            stopping.start();
            stopping.join(timeoutMs);
            if (stopping.isAlive()) {
                LOG.warn("The server did not stop within {} ms; ending the process anyway", timeoutMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LogQueue.flush(LogQueue.FLUSH_TIMEOUT_MS);
            stopped.countDown();
        }
    }

    private void stop() {
        try {
            node.stop();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.warn("The server did not stop cleanly; clients may miss replies", e);
        }
    }
}
