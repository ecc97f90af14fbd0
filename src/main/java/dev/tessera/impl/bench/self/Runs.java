package dev.tessera.impl.bench.self;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures several subjects in turns: first each is warmed for what it is to do, then it goes round after round, so
 * that what disturbs the machine disturbs all of them alike.
 */
final class Runs {

    /** One cell of one subject. */
    record Pair(SystemUnderTest subject, Cell cell) {}

    /**
     * A JVM with one core compiles on it through so many short runs, since connections that come and go make it compile
     * anew.
     */
    private static final int WARM_UP_RUNS = 4;

    /** What a subject is warm for, however many connections bring it. */
    private record Work(SystemUnderTest subject, String command, int valueBytes) {}

    private final SelfPlan plan;
    private final Path directory;
    private final PrintWriter log;
    private final Set<Work> warm = new HashSet<>();

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
        return medians;
    }

    private void warmUp(Pair pair) throws InterruptedException {
        if (warm.add(new Work(pair.subject(), pair.cell().command(), pair.cell().valueBytes()))) {
            for (int run = 1; run <= WARM_UP_RUNS; run++) {
                measure(pair, "warming up");
            }
        }
    }

    private Sample measure(Pair pair, String when) throws InterruptedException {
        Sample sample = pair.subject().measure(pair.cell());
        log.println(pair.subject().name() + ", " + pair.cell() + ", " + when + ": "
                + Markdown.thousands(sample.requestsPerSecond()) + "/s, p99 " + Markdown.micros(sample.p99Us())
                + " us");
        log.flush();
        return sample;
    }
}
