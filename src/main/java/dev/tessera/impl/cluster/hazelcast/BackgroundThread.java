package dev.tessera.impl.cluster.hazelcast;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** The threads of a node beside Hazelcast's: each does one kind of work, and none keeps the process alive. */
public final class BackgroundThread {

    private BackgroundThread() {}

    /**
     * A thread of this name. Once it is shut down it drops what it is given: nobody waits for work that comes so late,
     * and Hazelcast would warn of an executor that refuses to hear of it.
     */
    public static ScheduledExecutorService create(String name) {
        return new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
