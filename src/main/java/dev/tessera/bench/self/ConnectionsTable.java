package dev.tessera.bench.self;

import dev.tessera.bench.self.Runs.Pair;
import java.util.List;
import java.util.Map;

/** Whether many connections cost throughput. */
final class ConnectionsTable {

  private static final int FEW = 64;
  private static final int MANY = 1000;

  private ConnectionsTable() {
  }

  static String make(Runs runs) throws InterruptedException {
    try (WebSocketSubject tessera = WebSocketSubject.tessera(runs.plan(), runs.directory(), 1, Cores.FIRST)) {
      Pair few = new Pair(tessera, Cell.of("set", FEW, 1));
      Pair many = new Pair(tessera, Cell.of("set", MANY, 1));
      Map<Pair, Sample> medians = runs.medians(List.of(few, many));
      double base = medians.get(few).requestsPerSecond();
      Markdown table = new Markdown().head("`KV_SET`, one in flight on each connection", "requests/s", "against the first row",
          "p99 us", "generator CPU", "goal");
      row(table, FEW + " connections", medians.get(few), base, Markdown.NOTHING);
      row(table, MANY + " connections", medians.get(many), base, "1 x");
      return table.toString();
    }
  }

  private static void row(Markdown table, String name, Sample sample, double base, String goal) {
    table.row(name, Markdown.thousands(sample.requestsPerSecond()), Markdown.ratio(sample.requestsPerSecond(), base),
        Markdown.micros(sample.p99Us()), Markdown.percent(sample.generatorCpu()), goal);
  }
}
