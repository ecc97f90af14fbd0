package dev.tessera.impl.work;

import dev.tessera.impl.session.KeySnapshot;
import java.util.List;

/** A piece of work for a {@link WorkerQueue}. It ends in exactly one of {@link #run} and {@link #refuse}. */
public interface WorkerTask {

    /** Returns the name of the command, for the log. */
    String name();

    /**
     * Does the work. It must end soon after its client has left. Thread: a worker.
     *
     * @return delivers the outcome, after the task has left its snapshots
     */
    Runnable run();

    /** Ends the task without the work, because too many tasks wait or its client is gone. Thread: any. */
    void refuse();

    /** Returns the snapshots that the task keeps alive until it has ended. They are of this moment. */
    default List<KeySnapshot> snapshots() {
        return List.of();
    }

    /** Returns the backlog that the reply joins, if there is one. The task waits while it is full. */
    ReplyBacklog backlog();
}
