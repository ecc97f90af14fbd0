package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cost of a cluster: one node, and two nodes with a copy of everything, compared with a server alone. All share
 * both cores with the generator.
 */
final class ClusterTable {

    private static final String[] SESSIONS = {"--sessions", "1000", "--keys", "100"};
    private static final Cell FULL = Cell.of("set", 16, 64).on(Cores.BOTH).with(SESSIONS);
    private static final Cell READ = Cell.of("get", 16, 64).on(Cores.BOTH).with(SESSIONS);
    private static final Cell SINGLE = Cell.of("set", 1, 1).on(Cores.BOTH).with(SESSIONS);

    private ClusterTable() {}

    static String make(Runs runs) throws InterruptedException {
        try (WebSocketServerUnderTest alone =
                        WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 2, Cores.BOTH);
                WebSocketServerUnderTest one =
                        WebSocketServerUnderTest.cluster(runs.plan(), runs.directory(), 1, 2, Cores.BOTH);
                WebSocketServerUnderTest two =
                        WebSocketServerUnderTest.cluster(runs.plan(), runs.directory(), 2, 1, Cores.BOTH)) {
            Map<WebSocketServerUnderTest, String> names = new LinkedHashMap<>();
            names.put(alone, "alone, two event loops");
            names.put(one, "one node, two event loops");
            names.put(two, "two nodes, one event loop each, one copy");
            List<Pair> pairs = names.keySet().stream()
                    .flatMap(system ->
                            List.of(new Pair(system, FULL), new Pair(system, READ), new Pair(system, SINGLE)).stream())
                    .toList();
            Medians medians = runs.medians(pairs);
            Sample fullAlone = medians.get(new Pair(alone, FULL));
            Sample singleAlone = medians.get(new Pair(alone, SINGLE));
            Markdown table = new Markdown()
                    .head(
                            "1,000 sessions, generator on the same cores",
                            "`KV_SET`/s, 16 x 64",
                            "against alone",
                            "p99 us",
                            "`KV_GET`/s, 16 x 64",
                            "`KV_SET` 1 x 1, p50 us",
                            "against alone",
                            "goals");
            names.forEach((system, name) -> {
                Sample full = medians.get(new Pair(system, FULL));
                Sample single = medians.get(new Pair(system, SINGLE));
                table.row(
                        name,
                        Markdown.rate(full),
                        Markdown.ratio(full, fullAlone),
                        Markdown.micros(full.p99Us()),
                        Markdown.rate(medians.get(new Pair(system, READ))),
                        Markdown.micros(single.p50Us()),
                        Markdown.ratio(single.p50Us(), singleAlone.p50Us()),
                        goal(system == alone, system == one));
            });
            return table.toString();
        }
    }

    private static String goal(boolean alone, boolean one) {
        if (alone) {
            return Markdown.NO_FIGURE;
        }
        return one ? "0.5 x; 3 x" : "250 k/s; 3 x";
    }
}
