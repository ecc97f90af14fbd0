package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cost of many connections in throughput, for Tessera and for servers that do less. Both rows have the same numbers
 * of sessions, keys and requests, so only the connections differ.
 */
final class ConnectionsTable {

    private static final int FEW = 64;
    private static final int MANY = 1000;
    /** The number of different requests of all connections together, and of keys of all sessions together. */
    private static final int KEYS = 64_000;

    private ConnectionsTable() {}

    static String make(Runs runs) throws InterruptedException {
        SelfPlan plan = runs.plan();
        try (WebSocketServerUnderTest tessera =
                        WebSocketServerUnderTest.tessera(plan, runs.directory(), 1, Cores.FIRST);
                WebSocketServerUnderTest echo = WebSocketServerUnderTest.echo(plan, runs.directory(), Cores.FIRST);
                @Nullable RedisUnderTest redis = RedisUnderTest.startIfAvailable(plan, runs.directory(), Cores.FIRST)) {
            Medians medians = runs.medians(pairs(tessera, echo, redis));
            Markdown table = new Markdown()
                    .head(
                            "`KV_SET`, one in flight on each connection",
                            "requests/s",
                            "against the first row",
                            "p99 us",
                            "generator CPU",
                            "echo/s",
                            "against the first row",
                            "Redis/s",
                            "against the first row",
                            "goal");
            for (int connections : new int[] {FEW, MANY}) {
                Sample ours = medians.get(tessera(tessera, connections));
                Sample echoed = medians.get(echo(echo, connections));
                @Nullable Sample theirs = redis == null ? null : medians.get(redis(redis, connections));
                @Nullable Sample theirsOfFew = redis == null ? null : medians.get(redis(redis, FEW));
                table.row(
                        connections + " connections",
                        Markdown.rate(ours),
                        Markdown.ratio(ours, medians.get(tessera(tessera, FEW))),
                        Markdown.micros(ours.p99Us()),
                        Markdown.percent(ours.generatorCpu()),
                        Markdown.rate(echoed),
                        Markdown.ratio(echoed, medians.get(echo(echo, FEW))),
                        Markdown.rate(theirs),
                        Markdown.ratio(theirs, theirsOfFew),
                        connections == FEW ? Markdown.NO_FIGURE : "1 x");
            }
            return table.toString();
        }
    }

    private static List<Pair> pairs(SystemUnderTest tessera, SystemUnderTest echo, @Nullable SystemUnderTest redis) {
        List<Pair> pairs = new ArrayList<>();
        for (int connections : new int[] {FEW, MANY}) {
            pairs.add(tessera(tessera, connections));
            pairs.add(echo(echo, connections));
            if (redis != null) {
                pairs.add(redis(redis, connections));
            }
        }
        return pairs;
    }

    private static Pair tessera(SystemUnderTest system, int connections) {
        return new Pair(
                system,
                Cell.of("set", connections, 1)
                        .with(
                                "--sessions",
                                Integer.toString(MANY),
                                "--keys",
                                Integer.toString(KEYS / MANY),
                                "--prepared",
                                Integer.toString(KEYS / connections)));
    }

    private static Pair echo(SystemUnderTest system, int connections) {
        return new Pair(
                system, Cell.of("echo", connections, 1).with("--prepared", Integer.toString(KEYS / connections)));
    }

    private static Pair redis(SystemUnderTest system, int connections) {
        return new Pair(system, Cell.of("set", connections, 1));
    }
}
