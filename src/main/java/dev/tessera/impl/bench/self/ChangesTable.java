package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.ArrayList;
import java.util.List;

/** Commands that change a value in place, with a condition or in a batch, compared with {@code KV_SET}. */
final class ChangesTable {

    private static final int CONNECTIONS = 16;
    private static final int[] PIPELINES = {16, 64};
    private static final String BASE = "set";
    private static final String[][] COMMANDS = {
        {BASE, "`KV_SET`", Markdown.NO_FIGURE},
        {"incr", "`KV_INCR`", "0.8 x"},
        {"merge", "`KV_MERGE` of one member", Markdown.NO_FIGURE},
        {"cas", "`KV_SET` with `if`", Markdown.NO_FIGURE},
        {"batch", "`KV_BATCH` of a `KV_SET` and a `KV_GET`", Markdown.NO_FIGURE},
    };

    private ChangesTable() {}

    static String make(Runs runs) throws InterruptedException {
        try (WebSocketServerUnderTest tessera =
                WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 1, Cores.FIRST)) {
            Markdown table = new Markdown()
                    .head(
                            "50-byte values, 16 connections",
                            "in flight",
                            "requests/s",
                            "against `KV_SET`",
                            "p99 us",
                            "goal");
            for (int pipeline : PIPELINES) {
                rows(table, runs, tessera, pipeline);
            }
            return table.note("Server on one core with one event loop, generator on another.")
                    .toString();
        }
    }

    private static void rows(Markdown table, Runs runs, SystemUnderTest tessera, int pipeline)
            throws InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        for (String[] command : COMMANDS) {
            pairs.add(new Pair(tessera, Cell.of(command[0], CONNECTIONS, pipeline)));
        }
        Medians medians = runs.medians(pairs);
        double base = medians.get(pairs.get(0)).requestsPerSecond();
        for (int i = 0; i < COMMANDS.length; i++) {
            Sample sample = medians.get(pairs.get(i));
            table.row(
                    COMMANDS[i][1],
                    Integer.toString(pipeline),
                    Markdown.rate(sample),
                    Markdown.ratio(sample.requestsPerSecond(), base),
                    Markdown.micros(sample.p99Us()),
                    COMMANDS[i][2]);
        }
    }
}
