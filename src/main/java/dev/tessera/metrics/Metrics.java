package dev.tessera.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** All that one server counts and measures, and the page that shows it in Prometheus' text format, version 0.0.4. Thread-safe. */
public final class Metrics {

  /** The content type of the page. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final List<Metric> metrics = new CopyOnWriteArrayList<>();

  /**
   * Adds a counter.
   *
   * @param name in lower case with underscores, such as {@code tessera_saves_total}; not used before
   * @param help what is counted, in one line
   */
  public Counter counter(String name, String help) {
    Counter counter = new Counter();
    counter(name, help, counter::sum);
    return counter;
  }

  /** As {@link #counter(String, String)}, where the counting is done elsewhere; asked on any thread. */
  public void counter(String name, String help, DoubleSupplier count) {
    metrics.add(new Metric(name, help, "counter", count));
  }

  /** Adds a number that goes up and down; asked on any thread. */
  public void gauge(String name, String help, DoubleSupplier value) {
    metrics.add(new Metric(name, help, "gauge", value));
  }

  /** The page. */
  public String page() {
    StringBuilder out = new StringBuilder();
    metrics.forEach(metric -> metric.write(out));
    return out.toString();
  }
}
