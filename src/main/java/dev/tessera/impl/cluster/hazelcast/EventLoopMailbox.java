package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.routing.EventLoopWakeUp;
import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * The tasks of other threads for an event loop. All tasks that arrive while the loop is busy cost it one wake-up.
 * Thread-safe.
 */
final class EventLoopMailbox implements Executor {

    private static final LimitedLog FAILED = LimitedLog.error(
            EventLoopMailbox.class,
            "The answer of a partition was not processed; this is a fault of the server, please report it");

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final EventLoopWakeUp wakeUp;
    private final Runnable afterwards;

    /**
     * Creates an empty mailbox.
     *
     * @param afterwards runs after all waiting tasks, even if a task fails
     */
    EventLoopMailbox(Context context, Runnable afterwards) {
        this.wakeUp = new EventLoopWakeUp(context, this::drain);
        this.afterwards = afterwards;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        wakeUp.wake();
    }

    private void drain() {
        for (Runnable task = queue.poll(); task != null; task = queue.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                FAILED.log(e);
            }
        }
        afterwards.run();
    }
}
