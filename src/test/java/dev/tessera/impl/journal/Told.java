package dev.tessera.impl.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A listener that records its events, and on which a test can wait. Thread-safe. */
final class Told implements JournalListener {

    private static final long TIMEOUT_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Long> failed = new ArrayList<>();
    private long durable;
    private long snapshot;

    @Override
    public void durable(long position) {
        change(() -> durable = position);
    }

    @Override
    public void failed(long position) {
        change(() -> failed.add(position));
    }

    @Override
    public void snapshotWanted(long number) {
        change(() -> snapshot = number);
    }

    @Override
    public void healthChanged() {
        change(() -> {});
    }

    long durable() {
        return durable;
    }

    List<Long> failed() {
        return failed;
    }

    long snapshot() {
        return snapshot;
    }

    void awaitDurable(long position) throws InterruptedException {
        await(() -> durable >= position);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!condition.getAsBoolean()) {
                left = changed.awaitNanos(left);
                if (left <= 0) {
                    throw new AssertionError("durable " + durable + ", failed " + failed + ", snapshot " + snapshot);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
