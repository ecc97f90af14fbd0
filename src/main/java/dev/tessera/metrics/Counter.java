package dev.tessera.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows as long as the process lives. Thread-safe. */
public final class Counter implements Metric {

  private final String name;
  private final String help;
  private final LongAdder count = new LongAdder();

  Counter(String name, String help) {
    this.name = name;
    this.help = help;
  }

  /** Counts so many more. */
  public void add(long more) {
    count.add(more);
  }

  @Override
  public void write(StringBuilder out) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n')
        .append("# TYPE ").append(name).append(" counter\n")
        .append(name).append(' ').append(count.sum()).append('\n');
  }
}
