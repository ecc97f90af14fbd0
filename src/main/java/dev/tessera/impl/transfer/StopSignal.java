package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;
import java.util.concurrent.TimeUnit;

/** A signal to jobs on other threads that they must end soon. Thread-safe. */
final class StopSignal {

    private volatile boolean given;

    synchronized void give() {
        given = true;
        notifyAll();
    }

    boolean isGiven() {
        return given;
    }

    /** Waits for a time, or until the signal is given. */
    synchronized void pause(long ms) throws DatasetException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        try {
            for (long left = ms; left > 0 && !given; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        }
        check();
    }

    /** Returns the failure of a job that the signal ends. */
    static DatasetException stopping() {
        return new DatasetException(TransferMessages.STOPPING);
    }

    /** Throws if the signal is given. Jobs call it between two steps. */
    void check() throws DatasetException {
        if (given) {
            throw stopping();
        }
    }
}
