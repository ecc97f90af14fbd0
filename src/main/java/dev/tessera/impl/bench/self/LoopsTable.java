package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.List;

/** The gain of a second core. The generator shares the cores with the server in the last two rows. */
final class LoopsTable {

    private static final Cell CELL = Cell.of("set", 16, 64);

    private LoopsTable() {}

    static String make(Runs runs) throws InterruptedException {
        try (WebSocketServerUnderTest one =
                        WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 1, Cores.FIRST);
                WebSocketServerUnderTest oneOnBoth =
                        WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 1, Cores.BOTH);
                WebSocketServerUnderTest two =
                        WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 2, Cores.BOTH)) {
            Pair single = new Pair(one, CELL.on(Cores.FIRST));
            Pair apart = new Pair(oneOnBoth, CELL.on(Cores.BOTH));
            Pair both = new Pair(two, CELL.on(Cores.BOTH));
            Medians medians = runs.medians(List.of(single, apart, both));
            double base = medians.get(single).requestsPerSecond();
            Markdown table = new Markdown()
                    .head(
                            "`KV_SET`, 16 x 64, generator on the same cores",
                            "requests/s",
                            "against the first row",
                            "p99 us",
                            "goal");
            row(table, "one event loop, one core", medians.get(single), base, Markdown.NO_FIGURE);
            row(table, "one event loop, two cores", medians.get(apart), base, Markdown.NO_FIGURE);
            row(table, "two event loops, two cores", medians.get(both), base, "1.6 x");
            return table.toString();
        }
    }

    private static void row(Markdown table, String name, Sample sample, double base, String goal) {
        table.row(
                name,
                Markdown.rate(sample),
                Markdown.ratio(sample.requestsPerSecond(), base),
                Markdown.micros(sample.p99Us()),
                goal);
    }
}
