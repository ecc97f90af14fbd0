package dev.tessera.impl.bench.self;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Measurements of several systems in turns. Each system warms up first. Then each round measures every system once, so
 * that other load on the machine affects all of them alike.
 */
final class Runs {

    /** A system with a cell to measure. */
    record Pair(SystemUnderTest system, Cell cell) {}

    /**
     * The number of warm-up runs. A JVM with one core still compiles during these short runs, because new connections
     * make it compile again.
     */
    private static final int WARM_UP_RUNS = 4;

    /** The median of each pair that was measured. */
    record Medians(Map<Pair, Sample> byPair) {

        /** Returns the median of a pair, which must have been measured. */
        Sample get(Pair pair) {
            return Objects.requireNonNull(byPair.get(pair), () -> "not measured: " + pair);
        }
    }

    /** The work that a system has warmed up for. The number of connections does not matter. */
    private record Workload(SystemUnderTest system, String command, int valueBytes) {}

    private final SelfPlan plan;
    private final Path directory;
    private final PrintWriter log;
    private final Set<Workload> warmedUp = new HashSet<>();

    Runs(SelfPlan plan, Path directory, PrintWriter log) {
        this.plan = plan;
        this.directory = directory;
        this.log = log;
    }

    SelfPlan plan() {
        return plan;
    }

    /** Returns the working directory of child processes. */
    Path directory() {
        return directory;
    }

    /** Returns the median of each pair. */
    Medians medians(List<Pair> pairs) throws InterruptedException {
        for (Pair pair : pairs) {
            warmUp(pair);
        }
        Map<Pair, List<Sample>> samples = new LinkedHashMap<>();
        for (int run = 1; run <= plan.runs(); run++) {
            for (Pair pair : pairs) {
                samples.computeIfAbsent(pair, first -> new ArrayList<>())
                        .add(measure(pair, "run " + run + " of " + plan.runs()));
            }
        }
        Map<Pair, Sample> medians = new LinkedHashMap<>();
        samples.forEach((pair, all) -> medians.put(pair, Sample.median(all)));
        return new Medians(medians);
    }

    private void warmUp(Pair pair) throws InterruptedException {
        if (plan.warmupSeconds() > 0
                && warmedUp.add(new Workload(
                        pair.system(), pair.cell().command(), pair.cell().valueBytes()))) {
            for (int run = 1; run <= WARM_UP_RUNS; run++) {
                measure(pair, "warming up");
            }
        }
    }

    private Sample measure(Pair pair, String when) throws InterruptedException {
        Sample sample = pair.system().measure(pair.cell());
        log.println(pair.system().name() + ", " + pair.cell() + ", " + when + ": "
                + Markdown.thousands(sample.requestsPerSecond()) + "/s, p99 " + Markdown.micros(sample.p99Us())
                + " us");
        log.flush();
        return sample;
    }
}
