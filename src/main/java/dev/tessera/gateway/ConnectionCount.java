package dev.tessera.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How many clients all gateways of a server have together, and whether one more may come. Thread-safe. */
public final class ConnectionCount {

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  /** None, of {@code max} that are allowed. */
  public ConnectionCount(int max) {
    this.max = max;
  }

  /** Counts one more, unless there are too many already. */
  boolean tryAdd() {
    if (count.incrementAndGet() <= max) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  /** Counts one less. */
  void remove() {
    count.decrementAndGet();
  }

  /** How many there are. */
  public int get() {
    return count.get();
  }

  /** Notes a request that was refused, for its connection was one too many. */
  void addRefused() {
    refused.increment();
  }

  /** How many requests were refused since the start. */
  public long refused() {
    return refused.sum();
  }

  int max() {
    return max;
  }
}
