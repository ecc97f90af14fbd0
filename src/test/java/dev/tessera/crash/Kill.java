package dev.tessera.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The moment at which to kill a server: after a number of acknowledged commands. Thread-safe. */
final class Kill {

    private static final int TIMEOUT_SECONDS = 60;

    private final AtomicLong left;
    private final boolean orderly;
    private final CountDownLatch due = new CountDownLatch(1);

    /**
     * Creates a moment after some acknowledgements.
     *
     * @param orderly whether all connections wait for their replies before
     */
    Kill(long acknowledgements, boolean orderly) {
        left = new AtomicLong(acknowledgements);
        this.orderly = orderly;
    }

    boolean isOrderly() {
        return orderly;
    }

    boolean isDue() {
        return due.getCount() == 0;
    }

    void acknowledged(int count) {
        if (left.addAndGet(-count) <= 0) {
            due.countDown();
        }
    }

    /** Stops all sending. */
    void now() {
        due.countDown();
    }

    void await() throws InterruptedException {
        if (!due.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "the clients did not get " + left.get() + " more replies within " + TIMEOUT_SECONDS + " s");
        }
    }
}
