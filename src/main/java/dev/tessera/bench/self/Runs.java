package dev.tessera.bench.self;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several subjects in turns: first each once for nothing, to warm it, then round after round, so that what
 * disturbs the machine disturbs all of them alike.
 */
final class Runs {

  /** One cell of one subject. */
  record Pair(Subject subject, Cell cell) {
  }

  private final SelfPlan plan;
  private final Path directory;
  private final PrintWriter log;

  Runs(SelfPlan plan, Path directory, PrintWriter log) {
    this.plan = plan;
    this.directory = directory;
    this.log = log;
  }

  SelfPlan plan() {
    return plan;
  }

  /** Where children run. */
  Path directory() {
    return directory;
  }

  /** The median of each pair. */
  Map<Pair, Sample> medians(List<Pair> pairs) throws InterruptedException {
    for (Pair pair : pairs) {
      measure(pair, "warming up");
    }
    Map<Pair, List<Sample>> samples = new LinkedHashMap<>();
    for (int run = 1; run <= plan.runs(); run++) {
      for (Pair pair : pairs) {
        samples.computeIfAbsent(pair, first -> new ArrayList<>()).add(measure(pair, "run " + run + " of " + plan.runs()));
      }
    }
    Map<Pair, Sample> medians = new LinkedHashMap<>();
    samples.forEach((pair, all) -> medians.put(pair, Sample.median(all)));
    return medians;
  }

  private Sample measure(Pair pair, String when) throws InterruptedException {
    Sample sample = pair.subject().measure(pair.cell());
    log.println(pair.subject().name() + ", " + pair.cell() + ", " + when + ": " + Markdown.thousands(sample.requestsPerSecond())
        + "/s, p99 " + Markdown.micros(sample.p99Us()) + " us");
    log.flush();
    return sample;
  }
}
