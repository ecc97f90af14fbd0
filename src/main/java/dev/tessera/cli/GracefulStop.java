package dev.tessera.cli;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.server.TesseraNode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the server when the process is told to stop (SIGTERM, SIGINT), before the JVM ends; where it has not yet
 * started, ends the start instead, however long that would still take.
 */
final class GracefulStop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    /** How long the parts around the drain may take: the server's margin, and Vert.x's own end. */
    private static final int MARGIN_MS = 5000;

    private final TesseraNode node;
    private final Configuration configuration;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();

    private GracefulStop(TesseraNode node, Configuration configuration) {
        this.node = node;
        this.configuration = configuration;
    }

    /** Makes the JVM's end wait for the end of a node that is about to be started. */
    static GracefulStop onSignal(TesseraNode node, Configuration configuration) {
        GracefulStop stop = new GracefulStop(node, configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "tessera-stop"));
        return stop;
    }

    /** Calls it off, since the start has failed; says false where it has begun, and is why the start has failed. */
    boolean callOff() {
        return begun.compareAndSet(false, true);
    }

    /** Blocks until the server has stopped. */
    void await() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) {
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
            // On a thread of its own, so that what does not end cannot hold up the JVM.
            Thread stopping = new Thread(this::stop, "tessera-stopping");
            stopping.setDaemon(true);
            stopping.start();
            stopping.join(timeoutMs);
            if (stopping.isAlive()) {
                LOG.warn("Not everything has stopped within {} ms; ending all the same", timeoutMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void stop() {
        try {
            node.stop();
            LOG.info("Stopped");
        } catch (Exception e) {
            LOG.warn("Not everything has stopped as it should", e);
        }
    }
}
