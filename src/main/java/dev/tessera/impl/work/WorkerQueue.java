package dev.tessera.impl.work;

import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.memory.HeapShares;
import dev.tessera.impl.session.KeySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The slow work of all clients of a server, on worker threads. The threads take the next task from each origin in turn,
 * and from each of its clients. If there are too many tasks, the client with the most waiting ones loses its newest. If
 * the waiting tasks keep too much memory alive, the client whose tasks keep the most loses its newest. For both, the
 * clients of one origin count together first. A client that leaves loses all of its tasks. Thread-safe.
 */
public final class WorkerQueue {

    private static final LimitedLog FAILED = LimitedLog.error(
            WorkerQueue.class, "{} failed on a worker; this is a fault of the server, please report it");
    private static final LimitedLog REFUSAL_LOST = LimitedLog.error(WorkerQueue.class, "{} could not be refused");
    private static final int IDLE_SECONDS = 10;

    /** A task with its snapshots, which it holds until it ends. */
    private record Entry(Requester client, WorkerTask task, List<KeySnapshot> snapshots) {

        void release() {
            snapshots.forEach(KeySnapshot::release);
        }
    }

    private final int tasksMax;
    private final long snapshotBytesMax;
    private final SlowWork slow;
    private final ThreadPoolExecutor workers;
    /** Its monitor guards it and the fields below. */
    private final FairQueue<Entry> waiting = new FairQueue<>();

    private final WaitingBytes waitingBytes = new WaitingBytes();

    private int running;
    /** The calls of {@link #runNext} that the threads have not begun. */
    private int planned;

    /** Creates a queue with threads that end when they are idle. */
    public WorkerQueue(WorkerOptions options) {
        this.tasksMax = options.tasksMax();
        this.snapshotBytesMax =
                options.snapshotBytesMax() == 0 ? HeapShares.ofThisJvm().snapshots() : options.snapshotBytesMax();
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
        Entry entry = new Entry(client, task, task.snapshots());
        entry.snapshots.forEach(snapshot -> snapshot.hold(this::outdated));
        List<Entry> refused;
        synchronized (waiting) {
            refused = new ArrayList<>();
            // The limits of connections no longer count what the tasks of gone clients hold.
            waiting.gone().forEach(gone -> removeAll(gone, refused));
            waiting.add(client, entry);
            entry.snapshots.forEach(snapshot -> waitingBytes.add(client, snapshot));
            shed(refused);
        }
        refused.forEach(WorkerQueue::refuse);
        plan();
    }

    /** Lets a thread look at each task that may run. */
    private void plan() {
        int missing;
        synchronized (waiting) {
            missing = Math.max(0, waiting.ready() - planned);
            planned += missing;
        }
        for (int i = 0; i < missing; i++) {
            workers.execute(this::runNext);
        }
    }

    private void outdated(KeySnapshot snapshot) {
        synchronized (waiting) {
            waitingBytes.outdate(snapshot);
        }
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

    /** Runs the next task. It finds none if tasks were refused, or wait for their clients. */
    private void runNext() {
        List<Entry> refused = new ArrayList<>();
        Entry next;
        synchronized (waiting) {
            planned--;
            next = take(refused);
            running += next == null ? 0 : 1;
        }
        refused.forEach(WorkerQueue::refuse);
        if (next == null) {
            return;
        }
        long startNs = System.nanoTime();
        Runnable outcome = () -> {};
        try {
            outcome = next.task.run();
        } catch (RuntimeException | Error e) {
            FAILED.log(next.task.name(), e);
        } finally {
            next.release();
            synchronized (waiting) {
                running--;
            }
        }
        slow.ran(next.task, System.nanoTime() - startNs);
        try {
            outcome.run();
        } catch (RuntimeException | Error e) {
            FAILED.log(next.task.name(), e);
        }
    }

    /** Removes and returns the next task of a client that is not gone; null if there is none. */
    private @Nullable Entry take(List<Entry> refused) {
        Entry next = waiting.poll();
        while (next != null && (next.client.isGone() || next.task.backlog().isFull())) {
            if (next.client.isGone()) {
                refused.add(removed(next));
                removeAll(next.client, refused);
            } else {
                hold(next);
            }
            next = waiting.poll();
        }
        return next == null ? null : removed(next);
    }

    /** Lets the client of a task wait until the replies before it are taken. */
    private void hold(Entry entry) {
        waiting.addFirst(entry.client, entry);
        waiting.block(entry.client);
        entry.task.backlog().whenNotFull(() -> {
            synchronized (waiting) {
                waiting.unblock(entry.client);
            }
            plan();
        });
    }

    private void removeAll(Requester client, List<Entry> refused) {
        waiting.removeAll(client).forEach(entry -> refused.add(removed(entry)));
    }

    /** Removes tasks until the limits hold. */
    private void shed(List<Entry> refused) {
        while (waiting.size() + running > tasksMax && waiting.size() > 0) {
            refused.add(removed(waiting.removeNewest(waiting.longest())));
        }
        while (waiting.size() > 1 && waitingBytes.total() > snapshotBytesMax) {
            refused.add(removed(waiting.removeNewest(waitingBytes.most())));
        }
    }

    /** Counts the memory of an entry no more, because it waits no more. */
    private Entry removed(Entry entry) {
        entry.snapshots.forEach(snapshot -> waitingBytes.remove(entry.client, snapshot));
        return entry;
    }

    private static void refuse(Entry entry) {
        entry.release();
        try {
            entry.task.refuse();
        } catch (RuntimeException e) {
            REFUSAL_LOST.log(entry.task.name(), e);
        }
    }
}
