package dev.tessera.journal;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are reserved on disk and not written, and those of them that were promised. Thread-safe. */
final class Room {

  private final AtomicLong free = new AtomicLong();
  private final AtomicLong promised = new AtomicLong();

  /** Promises that many bytes, unless fewer than {@code margin} would be left. */
  boolean promise(long bytes, long margin) {
    long before = promised.getAndAdd(bytes);
    if (before + bytes + margin > free.get()) {
      promised.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Promises them, come what may. */
  void promise(long bytes) {
    promised.addAndGet(bytes);
  }

  /** Takes a promise back, or says that it was kept. */
  void release(long bytes) {
    promised.addAndGet(-bytes);
  }

  /** Says that bytes were reserved, or, where negative, written. */
  void add(long bytes) {
    free.addAndGet(bytes);
  }

  /** How many bytes may still be promised. */
  long left() {
    return free.get() - promised.get();
  }
}
