package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The throughput of small values by pipeline depth, compared with echo and Redis. */
final class MatrixTable {

    private static final int CONNECTIONS = 16;
    private static final int[] PIPELINES = {1, 16, 64};
    private static final String[] COMMANDS = {"set", "get"};
    private static final String[] GOALS_AGAINST_REDIS = {"1.1 x", "1.5 x", "1.8 x"};

    private MatrixTable() {}

    static String make(Runs runs) throws InterruptedException {
        SelfPlan plan = runs.plan();
        try (WebSocketServerUnderTest tessera =
                        WebSocketServerUnderTest.tessera(plan, runs.directory(), 1, Cores.FIRST);
                WebSocketServerUnderTest echo = WebSocketServerUnderTest.echo(plan, runs.directory(), Cores.FIRST);
                @Nullable RedisUnderTest redis = RedisUnderTest.startIfAvailable(plan, runs.directory(), Cores.FIRST)) {
            return make(runs, tessera, echo, redis);
        }
    }

    private static String make(
            Runs runs, SystemUnderTest tessera, SystemUnderTest echo, @Nullable SystemUnderTest redis)
            throws InterruptedException {
        Markdown table = new Markdown()
                .head(
                        "50-byte values, 16 connections",
                        "in flight",
                        "Tessera/s",
                        "p50 us",
                        "p99 us",
                        "p999 us",
                        "generator CPU",
                        "echo/s",
                        "of echo",
                        "Redis/s",
                        "against Redis",
                        "goal");
        String[][] rows = new String[COMMANDS.length * PIPELINES.length][];
        for (int i = 0; i < PIPELINES.length; i++) {
            int pipeline = PIPELINES[i];
            Medians medians = runs.medians(pairs(pipeline, tessera, echo, redis));
            Sample ceiling = medians.get(new Pair(echo, Cell.of("echo", CONNECTIONS, pipeline)));
            for (int j = 0; j < COMMANDS.length; j++) {
                Cell cell = Cell.of(COMMANDS[j], CONNECTIONS, pipeline);
                Sample ours = medians.get(new Pair(tessera, cell));
                @Nullable Sample theirs = redis == null ? null : medians.get(new Pair(redis, cell));
                rows[j * PIPELINES.length + i] = new String[] {
                    "`KV_" + COMMANDS[j].toUpperCase(Locale.ROOT) + "`",
                    Integer.toString(pipeline),
                    Markdown.rate(ours),
                    Markdown.micros(ours.p50Us()),
                    Markdown.micros(ours.p99Us()),
                    Markdown.micros(ours.p999Us()),
                    Markdown.percent(ours.generatorCpu()),
                    Markdown.rate(ceiling),
                    Markdown.percent(ours.requestsPerSecond() / ceiling.requestsPerSecond()),
                    Markdown.rate(theirs),
                    Markdown.ratio(ours, theirs),
                    GOALS_AGAINST_REDIS[i]
                };
            }
        }
        for (String[] row : rows) {
            table.row(row);
        }
        return table.note("Server on one core with one event loop, generator on another.")
                .toString();
    }

    private static List<Pair> pairs(
            int pipeline, SystemUnderTest tessera, SystemUnderTest echo, @Nullable SystemUnderTest redis) {
        List<Pair> pairs = new ArrayList<>();
        for (String command : COMMANDS) {
            pairs.add(new Pair(tessera, Cell.of(command, CONNECTIONS, pipeline)));
            if (redis != null) {
                pairs.add(new Pair(redis, Cell.of(command, CONNECTIONS, pipeline)));
            }
        }
        pairs.add(new Pair(echo, Cell.of("echo", CONNECTIONS, pipeline)));
        return pairs;
    }
}
