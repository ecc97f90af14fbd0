package dev.tessera.metrics;

import java.util.function.DoubleSupplier;

/**
 * A number and how it is shown.
 *
 * @param type what Prometheus calls it: {@code counter} or {@code gauge}
 * @param value asked when the page is made, on any thread
 */
record Metric(String name, String help, String type, DoubleSupplier value) {

  void write(StringBuilder out) {
    double now = value.getAsDouble();
    out.append("# HELP ").append(name).append(' ').append(help).append('\n')
        .append("# TYPE ").append(name).append(' ').append(type).append('\n').append(name).append(' ');
    if (now == Math.rint(now)) {
      out.append((long) now);
    } else {
      out.append(now);
    }
    out.append('\n');
  }
}
