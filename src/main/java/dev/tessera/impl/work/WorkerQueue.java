package dev.tessera.impl.work;

import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.session.KeySnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The slow work of all clients of a server, on worker threads. The threads take the next task from each client in turn.
 * If there are too many tasks, the client with the most waiting ones loses its newest. If the waiting tasks keep too
 * much memory alive, the client whose tasks keep the most loses its newest. A client that leaves loses all of them.
 * Thread-safe.
 */
public final class WorkerQueue {

    private static final LimitedLog FAILED = LimitedLog.error(
            WorkerQueue.class, "{} failed on a worker; this is a fault of the server, please report it");
    private static final LimitedLog REFUSAL_LOST = LimitedLog.error(WorkerQueue.class, "{} could not be refused");
    private static final int IDLE_SECONDS = 10;
    private static final int HEAP_SHARE = 8;

    private record Entry(Requester client, WorkerTask task) {}

    private final int tasksMax;
    private final long snapshotBytesMax;
    private final SlowWork slow;
    private final ThreadPoolExecutor workers;
    /** Its monitor guards it and {@link #running}. */
    private final FairQueue<Entry> waiting = new FairQueue<>();

    private int running;

    /** Creates a queue with threads that end when they are idle. */
    public WorkerQueue(WorkerOptions options) {
        this.tasksMax = options.tasksMax();
        this.snapshotBytesMax = options.snapshotBytesMax() == 0
                ? Runtime.getRuntime().maxMemory() / HEAP_SHARE
                : options.snapshotBytesMax();
        this.slow = new SlowWork(options.slowMs());
        AtomicInteger numbers = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                options.threads(),
                options.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "tessera-search-" + numbers.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
    }

    /** Adds a task of a client. It may be refused during this call. */
    public void submit(Requester client, WorkerTask task) {
        List<Entry> refused;
        synchronized (waiting) {
            waiting.add(client, new Entry(client, task));
            refused = shed();
        }
        refused.forEach(WorkerQueue::refuse);
        workers.execute(this::runNext);
    }

    /** Returns the number of waiting tasks. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /** Returns the number of running tasks. */
    public int running() {
        synchronized (waiting) {
            return running;
        }
    }

    /** Returns the tasks that took long. */
    public SlowWork slow() {
        return slow;
    }

    /** Runs the next task. Each submit calls it once; so it finds nothing if tasks were refused. */
    private void runNext() {
        List<Entry> refused = new ArrayList<>();
        Entry next;
        synchronized (waiting) {
            next = take(refused);
            running += next == null ? 0 : 1;
        }
        refused.forEach(WorkerQueue::refuse);
        if (next == null) {
            return;
        }
        long startNs = System.nanoTime();
        try {
            next.task.run();
        } catch (RuntimeException | Error e) {
            FAILED.log(next.task.name(), e);
        } finally {
            synchronized (waiting) {
                running--;
            }
        }
        slow.ran(next.task, System.nanoTime() - startNs);
    }

    /** Removes and returns the next task of a client that is not gone; null if there is none. */
    private @Nullable Entry take(List<Entry> refused) {
        Entry next = waiting.poll();
        while (next != null && next.client.isGone()) {
            refused.add(next);
            refused.addAll(waiting.removeAll(next.client));
            next = waiting.poll();
        }
        return next;
    }

    /** Removes and returns tasks until the limits hold. */
    private List<Entry> shed() {
        List<Entry> refused = new ArrayList<>();
        while (waiting.size() + running > tasksMax && waiting.size() > 0) {
            refused.add(waiting.removeNewest(most(WorkerQueue::count)));
        }
        while (waiting.size() > 1 && snapshotBytes() > snapshotBytesMax) {
            refused.add(waiting.removeNewest(most(WorkerQueue::snapshotBytes)));
        }
        return refused;
    }

    private long snapshotBytes() {
        List<Entry> all = new ArrayList<>(waiting.size());
        waiting.forEachLine((client, entries) -> entries.forEach(all::add));
        return snapshotBytes(all);
    }

    /** Returns the client whose waiting tasks measure the most. */
    private Requester most(ToLongFunction<Iterable<Entry>> measure) {
        Requester[] found = {Requester.SERVER};
        long[] most = {-1};
        waiting.forEachLine((client, entries) -> {
            long size = measure.applyAsLong(entries);
            if (size > most[0]) {
                most[0] = size;
                found[0] = client;
            }
        });
        return found[0];
    }

    private static long count(Iterable<Entry> entries) {
        long count = 0;
        for (Entry ignored : entries) {
            count++;
        }
        return count;
    }

    /** Returns the memory that only these tasks keep alive. A snapshot of several tasks counts once. */
    private static long snapshotBytes(Iterable<Entry> entries) {
        Set<KeySnapshot> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = 0;
        for (Entry entry : entries) {
            for (KeySnapshot snapshot : entry.task.snapshots()) {
                if (snapshot.isOutdated() && seen.add(snapshot)) {
                    bytes += snapshot.bytes();
                }
            }
        }
        return bytes;
    }

    private static void refuse(Entry entry) {
        try {
            entry.task.refuse();
        } catch (RuntimeException e) {
            REFUSAL_LOST.log(entry.task.name(), e);
        }
    }
}
