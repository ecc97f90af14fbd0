package dev.tessera.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All counters of one server, and the page that shows them in Prometheus' text format, version 0.0.4. Thread-safe. */
public final class Metrics {

  /** The content type of the page. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final List<Counter> counters = new CopyOnWriteArrayList<>();

  /**
   * Adds a counter.
   *
   * @param name in lower case with underscores, such as {@code tessera_saves_total}; not used before
   * @param help what is counted, in one line
   */
  public Counter counter(String name, String help) {
    Counter counter = new Counter(name, help);
    counters.add(counter);
    return counter;
  }

  /** The page. */
  public String page() {
    StringBuilder out = new StringBuilder();
    counters.forEach(counter -> counter.write(out));
    return out.toString();
  }
}
