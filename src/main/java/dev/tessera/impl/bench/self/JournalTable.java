package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The throughput with a journal, compared with none, and the speed of its replay. The journal is in the directory for
 * temporary files.
 */
final class JournalTable {

    private static final int CONNECTIONS = 16;
    private static final int[] PIPELINES = {16, 64};
    private static final String[] MODES = {"off", "everysec", "always"};
    private static final String[] GOALS = {"", "80 %", ""};
    private static final String KEYS = "1000000";
    private static final Pattern REPLAYED = Pattern.compile("Replayed (.*)");

    private JournalTable() {}

    static String make(Runs runs) throws InterruptedException {
        Markdown table = new Markdown()
                .head(
                        "`KV_SET`, 16 connections",
                        "in flight",
                        "requests/s",
                        "of off",
                        "p50 us",
                        "p99 us",
                        "p999 us",
                        "goal");
        try (WebSocketServerUnderTest off = system(runs, MODES[0]);
                WebSocketServerUnderTest everysec = system(runs, MODES[1]);
                WebSocketServerUnderTest always = system(runs, MODES[2])) {
            for (int pipeline : PIPELINES) {
                rows(table, runs, List.of(off, everysec, always), pipeline);
            }
        }
        return table.note("A start that finds a journal of 1 M keys of 11 bytes with values of 46 bytes: "
                        + replay(runs) + ".")
                .toString();
    }

    private static WebSocketServerUnderTest system(Runs runs, String mode) throws InterruptedException {
        return WebSocketServerUnderTest.journaled(
                runs.plan(), runs.directory(), mode, runs.directory().resolve(mode), Cores.FIRST);
    }

    private static void rows(Markdown table, Runs runs, List<WebSocketServerUnderTest> systems, int pipeline)
            throws InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        systems.forEach(system -> pairs.add(new Pair(system, Cell.of("set", CONNECTIONS, pipeline))));
        Medians medians = runs.medians(pairs);
        double ceiling = medians.get(pairs.get(0)).requestsPerSecond();
        for (int i = 0; i < pairs.size(); i++) {
            Sample sample = medians.get(pairs.get(i));
            table.row(
                    "journal `" + MODES[i] + "`",
                    Integer.toString(pipeline),
                    Markdown.rate(sample),
                    Markdown.percent(sample.requestsPerSecond() / ceiling),
                    Markdown.micros(sample.p50Us()),
                    Markdown.micros(sample.p99Us()),
                    Markdown.micros(sample.p999Us()),
                    GOALS[i]);
        }
    }

    /** Fills a journal, starts a server on it, and returns the duration of the replay from the server's log. */
    private static String replay(Runs runs) throws InterruptedException {
        Path data = runs.directory().resolve("replay");
        try (WebSocketServerUnderTest filled =
                WebSocketServerUnderTest.journaled(runs.plan(), runs.directory(), MODES[1], data, Cores.BOTH)) {
            filled.measure(Cell.of("get", 1, 1).withValueBytes(46).with("--preload-keys", KEYS, "--sessions", "1000"));
        }
        try (WebSocketServerUnderTest started =
                WebSocketServerUnderTest.journaled(runs.plan(), runs.directory(), MODES[1], data, Cores.FIRST)) {
            return started.logged(REPLAYED);
        }
    }
}
