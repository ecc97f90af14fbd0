package dev.tessera.metrics;

/** What has a place on the page. */
interface Metric {

  void write(StringBuilder out);
}
