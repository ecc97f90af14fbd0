package dev.tessera.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows as long as the process lives. Thread-safe. */
public final class Counter {

  private final LongAdder count = new LongAdder();

  Counter() {
  }

  /** Counts so many more. */
  public void add(long more) {
    count.add(more);
  }

  long sum() {
    return count.sum();
  }
}
