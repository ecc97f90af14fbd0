package dev.tessera.impl.journal;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the reserve full, on a thread of its own; tries again where it fails. */
final class SegmentPoolFiller {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentPoolFiller.class);

    private final SegmentPool reserve;
    private final Backoff backoff;
    private final Runnable changed;
    private final Thread thread = new Thread(this::run, "journal-reserve");
    private volatile boolean isClosing;
    /** Whether the log says so. Thread: the starting one, then this one. */
    private boolean isFailing;

    SegmentPoolFiller(SegmentPool reserve, long retryMs, Runnable changed) {
        this.reserve = reserve;
        backoff = new Backoff(retryMs);
        this.changed = changed;
        thread.setDaemon(true);
    }

    void start() {
        reserve.onTaken(() -> LockSupport.unpark(thread));
        thread.start();
    }

    private void run() {
        while (!isClosing) {
            fill();
            if (reserve.failure() == null) {
                backoff.reset(System.nanoTime());
                LockSupport.park(this);
            } else {
                backoff.pause(System.nanoTime());
                LockSupport.parkNanos(this, backoff.leftNanos(System.nanoTime()));
            }
        }
    }

    /** Makes segments until there are enough, or one cannot be made. */
    void fill() {
        reserve.fillAll();
        IOException failure = reserve.failure();
        if (isFailing == (failure != null)) {
            return;
        }
        isFailing = failure != null;
        if (isFailing) {
            LOG.warn(
                    "The journal cannot reserve space ({}); changes are refused once what is reserved is used up: free space on the disk",
                    failure.toString());
        } else {
            LOG.info("The journal can reserve space again");
        }
        changed.run();
    }

    void close() {
        isClosing = true;
        LockSupport.unpark(thread);
    }
}
