package dev.tessera.impl.cluster.hazelcast;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other threads have to say to an event loop: what comes while the loop is busy costs it one wake-up.
 * Thread-safe.
 */
final class EventLoopMailbox implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoopMailbox.class);

    private final Context context;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable afterwards;

    /** Runs {@code afterwards} whenever it has run all that had come; a task that fails holds up no other. */
    EventLoopMailbox(Context context, Runnable afterwards) {
        this.context = context;
        this.afterwards = afterwards;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(turn -> drain());
        }
    }

    private void drain() {
        scheduled.set(false);
        for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "What a partition has said was not taken; this is a fault of the server, please report it", e);
            }
        }
        afterwards.run();
    }
}
