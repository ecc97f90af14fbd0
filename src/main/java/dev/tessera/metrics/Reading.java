package dev.tessera.metrics;

import java.util.function.DoubleSupplier;

/** A number that is asked for when the page is made. */
record Reading(String name, String help, String type, DoubleSupplier value) implements Metric {

  @Override
  public void write(StringBuilder out) {
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
