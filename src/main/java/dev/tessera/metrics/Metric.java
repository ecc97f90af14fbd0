package dev.tessera.metrics;

import java.util.function.LongSupplier;

/**
 * A number and how it is shown.
 *
 * @param type what Prometheus calls it: {@code counter} or {@code gauge}
 */
record Metric(String name, String help, String type, LongSupplier value) {

  void write(StringBuilder out) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n')
        .append("# TYPE ").append(name).append(' ').append(type).append('\n')
        .append(name).append(' ').append(value.getAsLong()).append('\n');
  }
}
