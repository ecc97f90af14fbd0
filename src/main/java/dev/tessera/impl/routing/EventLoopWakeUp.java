package dev.tessera.impl.routing;

import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets an event loop drain a queue of other threads. However often they call {@link #wake} before the loop gets to it,
 * they cost it one task. Thread-safe.
 */
public final class EventLoopWakeUp {

    private final Context context;
    private final Runnable drain;
    private final AtomicBoolean planned = new AtomicBoolean();

    /**
     * Creates a wake-up that is not planned yet.
     *
     * @param drain takes all elements of the queue; runs on the context
     */
    public EventLoopWakeUp(Context context, Runnable drain) {
        this.context = context;
        this.drain = drain;
    }

    /** Plans a drain, unless one is planned. Call it after adding to the queue. */
    public void wake() {
        if (planned.compareAndSet(false, true)) {
            context.runOnContext(turn -> {
                // Cleared first, so that an element that is added during the drain plans the next one.
                planned.set(false);
                drain.run();
            });
        }
    }
}
