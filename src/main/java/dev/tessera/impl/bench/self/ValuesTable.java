package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.self.Runs.Medians;
import dev.tessera.impl.bench.self.Runs.Pair;
import java.util.List;

/** The throughput of large values in bytes, compared with an echo server. */
final class ValuesTable {

    private static final int CONNECTIONS = 16;
    private static final int[] VALUE_BYTES = {10_000, 300_000};

    /** The requests in flight. Larger values have fewer, so that these fit into the socket buffers and the heap. */
    private static final int[] PIPELINES = {16, 2};

    private ValuesTable() {}

    static String make(Runs runs) throws InterruptedException {
        try (WebSocketServerUnderTest tessera =
                        WebSocketServerUnderTest.tessera(runs.plan(), runs.directory(), 1, Cores.FIRST);
                WebSocketServerUnderTest echo =
                        WebSocketServerUnderTest.echo(runs.plan(), runs.directory(), Cores.FIRST)) {
            Markdown table = new Markdown()
                    .head(
                            "Large values, 16 connections",
                            "in flight",
                            "`KV_SET` MB/s",
                            "of echo",
                            "`KV_GET` MB/s",
                            "of echo",
                            "echo MB/s",
                            "goal");
            for (int i = 0; i < VALUE_BYTES.length; i++) {
                Pair set = new Pair(tessera, cell("set", i));
                Pair get = new Pair(tessera, cell("get", i));
                Pair ceiling = new Pair(echo, cell("echo", i));
                Medians medians = runs.medians(List.of(set, get, ceiling));
                double stored = medians.get(set).requestsPerSecond() * VALUE_BYTES[i];
                double read = medians.get(get).requestsPerSecond() * VALUE_BYTES[i];
                double echoed = medians.get(ceiling).requestsPerSecond() * VALUE_BYTES[i];
                table.row(
                        VALUE_BYTES[i] / 1000 + " KB",
                        Integer.toString(PIPELINES[i]),
                        Markdown.megabytes(stored),
                        Markdown.percent(stored / echoed),
                        Markdown.megabytes(read),
                        Markdown.percent(read / echoed),
                        Markdown.megabytes(echoed),
                        "70 %");
            }
            return table.note("A value counts once, whether it is stored, read or sent back; "
                            + "an echo moves it through the socket twice.")
                    .toString();
        }
    }

    private static Cell cell(String command, int row) {
        return Cell.of(command, CONNECTIONS, PIPELINES[row])
                .withValueBytes(VALUE_BYTES[row])
                .with("--keys", "100");
    }
}
