package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.List;

/** The latency with two million live keys, garbage collection included. */
final class KeysTable {

    private static final String KEYS = "2000000";
    private static final String SESSIONS = "1000";
    private static final String PREPARED = "8192";

    private KeysTable() {}

    static String make(Runs runs) throws InterruptedException {
        try (WebSocketServerUnderTest tessera =
                WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 1, Cores.FIRST)) {
            Pair set = new Pair(tessera, cell("set"));
            Pair get = new Pair(tessera, cell("get"));
            Medians medians = runs.medians(List.of(set, get));
            Markdown table = new Markdown()
                    .head(
                            "2 M keys in 1,000 sessions, 16 x 16",
                            "requests/s",
                            "p50 us",
                            "p99 us",
                            "p999 us",
                            "max us",
                            "goal for p999");
            row(table, "`KV_SET`", medians.get(set));
            row(table, "`KV_GET`", medians.get(get));
            return table.toString();
        }
    }

    private static Cell cell(String command) {
        return Cell.of(command, 16, 16).with("--preload-keys", KEYS, "--sessions", SESSIONS, "--prepared", PREPARED);
    }

    private static void row(Markdown table, String name, Sample sample) {
        table.row(
                name,
                Markdown.rate(sample),
                Markdown.micros(sample.p50Us()),
                Markdown.micros(sample.p99Us()),
                Markdown.micros(sample.p999Us()),
                Markdown.micros(sample.maxUs()),
                "5,000");
    }
}
