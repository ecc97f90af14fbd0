package dev.tessera.impl.cluster.hazelcast;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** The threads of a node beside those of Hazelcast. Each does one kind of work; none keeps the process alive. */
public final class BackgroundThread {

    private BackgroundThread() {}

    /**
     * Creates a thread. After its shutdown it drops new tasks, because no caller waits for such late work; Hazelcast
     * would log a warning if the executor rejected them.
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
