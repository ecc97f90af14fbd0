package dev.tessera.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** All that one server counts and measures, and the page that shows them in Prometheus' text format, version 0.0.4. Thread-safe. */
public final class Metrics {

  /** The content type of the page. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final List<Metric> all = new CopyOnWriteArrayList<>();

  /**
   * Adds a counter.
   *
   * @param name in lower case with underscores, such as {@code tessera_saves_total}; not used before
   * @param help what is counted, in one line
   */
  public Counter counter(String name, String help) {
    Counter counter = new Counter(name, help);
    all.add(counter);
    return counter;
  }

  /** Adds a counter that is kept elsewhere, and asked for on any thread when the page is made. */
  public void counter(String name, String help, DoubleSupplier total) {
    all.add(new Reading(name, help, "counter", total));
  }

  /** Adds a number that goes up and down, and is asked for on any thread when the page is made. */
  public void gauge(String name, String help, DoubleSupplier now) {
    all.add(new Reading(name, help, "gauge", now));
  }

  /** The page. */
  public String page() {
    StringBuilder out = new StringBuilder();
    all.forEach(metric -> metric.write(out));
    return out.toString();
  }
}
