package dev.tessera.impl.transfer;

import dev.tessera.impl.dataset.DatasetException;
import java.util.concurrent.TimeUnit;

/** Says to work on other threads that it is to end soon. Thread-safe. */
final class StopSignal {

    private volatile boolean given;

    synchronized void give() {
        given = true;
        notifyAll();
    }

    boolean isGiven() {
        return given;
    }

    /** Waits for so long, or until the signal is given. */
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

    /** What ends work that is told to end. */
    static DatasetException stopping() {
        return new DatasetException("the server is stopping");
    }

    /** To be called between two pieces of work. */
    void check() throws DatasetException {
        if (given) {
            throw stopping();
        }
    }
}
