package dev.tessera.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the reserve full, on a thread of its own; tries again where it fails. */
final class ReserveFiller {

  private static final Logger LOG = LoggerFactory.getLogger(ReserveFiller.class);

  private final Reserve reserve;
  private final long retryMs;
  private final Runnable changed;
  private final Thread thread = new Thread(this::run, "journal-reserve");
  private volatile boolean isClosing;

  ReserveFiller(Reserve reserve, long retryMs, Runnable changed) {
    this.reserve = reserve;
    this.retryMs = retryMs;
    this.changed = changed;
    thread.setDaemon(true);
  }

  void start() {
    reserve.onTaken(() -> LockSupport.unpark(thread));
    thread.start();
  }

  private void run() {
    long pauseMs = retryMs;
    while (!isClosing) {
      boolean hadFailed = reserve.failure() != null;
      try {
        if (!reserve.fill()) {
          LockSupport.park(this);
        } else if (hadFailed) {
          LOG.info("The journal could reserve space again");
          pauseMs = retryMs;
          changed.run();
        }
      } catch (IOException e) {
        if (!hadFailed) {
          LOG.warn("The journal cannot reserve space ({}); changes are refused once what is reserved is used up: free space on the disk", e.toString());
          changed.run();
        }
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(pauseMs));
        pauseMs = Math.min(pauseMs * 2, retryMs * JournalOptions.RETRY_FACTOR_MAX);
      }
    }
  }

  void close() {
    isClosing = true;
    LockSupport.unpark(thread);
  }
}
