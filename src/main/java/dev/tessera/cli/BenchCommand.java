package dev.tessera.cli;

import dev.tessera.Version;
import dev.tessera.impl.bench.BenchException;
import dev.tessera.impl.bench.BenchProgress;
import dev.tessera.impl.bench.Load;
import dev.tessera.impl.bench.LoadGenerator;
import dev.tessera.impl.bench.LoadPlan;
import dev.tessera.impl.bench.LoadResult;
import dev.tessera.impl.bench.ResultText;
import dev.tessera.impl.bench.ServerAddress;
import dev.tessera.impl.bench.self.Program;
import dev.tessera.impl.bench.self.SelfBench;
import dev.tessera.impl.bench.self.SelfPlan;
import dev.tessera.impl.bench.self.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tessera bench}: measures a server. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Measures a server: throughput and latency, with every reply checked.",
        footer = {"", "Exit codes: 0 done, 1 errors or no server, 2 unknown option or unusable value."})
final class BenchCommand implements Callable<Integer> {

    private static final int KEYS_MAX = 10_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://127.0.0.1:1987/",
            split = ",",
            converter = AddressConverter.class,
            description = "The server, or nodes of a cluster, which share the connections. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private List<ServerAddress> addresses;

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            defaultValue = "set",
            converter = LoadConverter.class,
            description = "set, get, mixed (four get to one set), add, contains, count, incr, merge, "
                    + "cas (set with a condition), batch (one set and one get), or echo. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Load load;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "16",
            description = "Connections. Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--pipeline",
            paramLabel = "N",
            defaultValue = "16",
            description = "Requests in flight on each connection. Default: ${DEFAULT-VALUE}.")
    private int pipeline;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seconds measured. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "2",
            description = "Seconds before that, not measured. Default: ${DEFAULT-VALUE}.")
    private int warmup;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Measure this many requests instead of seconds, with no warm-up.")
    private @Nullable Long requests;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that share the connections. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--sessions", paramLabel = "N", description = "Sessions. Default: as many as connections.")
    private @Nullable Integer sessions;

    @Option(names = "--keys", paramLabel = "N", description = "Keys in each session. Default: 1000.")
    private @Nullable Integer keys;

    @Option(
            names = "--preload-keys",
            paramLabel = "N",
            description =
                    "Store this many keys in all, evenly in the sessions, before the run; takes the place of --keys.")
    private @Nullable Integer preloadKeys;

    @Option(
            names = "--value-bytes",
            paramLabel = "N",
            defaultValue = "50",
            description = "Length of a value as JSON text. Default: ${DEFAULT-VALUE}.")
    private int valueBytes;

    @Option(
            names = "--prepared",
            paramLabel = "N",
            defaultValue = "512",
            description = "Different requests for each connection. Default: ${DEFAULT-VALUE}.")
    private int prepared;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Option(
            names = "--self",
            description = "Measure this machine: starts servers of its own, and prints tables. Takes long.")
    private boolean self;

    @Option(
            names = "--rows",
            paramLabel = "TABLE",
            split = ",",
            description = "With --self: which tables: ${COMPLETION-CANDIDATES}. Default: all.",
            converter = TableConverter.class)
    private List<Table> rows = List.of(Table.values());

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "With --self: runs of each cell. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--server-jvm",
            paramLabel = "FLAGS",
            defaultValue = SelfPlan.DEFAULT_SERVER_JVM,
            description = "With --self: JVM flags of the servers. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private String serverJvm;

    @Option(
            names = "--redis",
            paramLabel = "PROGRAM",
            defaultValue = "redis-server",
            description = "With --self: the Redis server's program, or none. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private String redis;

    private BenchCommand() {}

    /** Returns the command with its options. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand());
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return self ? measureMachine(selfPlan()) : measureServer(plan());
        } catch (BenchException e) {
            spec.commandLine()
                    .getErr()
                    .println("tessera: " + String.valueOf(e.getMessage()).replaceAll("\\R", " "));
            return ExitCode.FAILED;
        }
    }

    private int measureMachine(SelfPlan plan) throws InterruptedException {
        SelfBench.run(plan, spec.commandLine().getOut(), spec.commandLine().getErr());
        return ExitCode.OK;
    }

    private int measureServer(LoadPlan plan) throws InterruptedException {
        LoadResult result;
        try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr())) {
            result = LoadGenerator.run(plan, json || !Terminal.isThere() ? BenchProgress.NONE : bar);
        }
        spec.commandLine().getOut().println(json ? ResultText.json(result) : ResultText.table(result));
        result.firstErrors().forEach(complaint -> spec.commandLine().getErr().println("tessera: " + complaint));
        return result.errors() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private SelfPlan selfPlan() {
        List<String> flags =
                Stream.of(serverJvm.split(" ")).filter(flag -> !flag.isEmpty()).toList();
        return new SelfPlan(
                Program.running(Main.class),
                Version.current(),
                flags,
                redis,
                rows,
                inRange("--runs", runs, 1, 1000),
                inRange("--seconds", seconds, 1, 3600),
                inRange("--warmup", warmup, 0, 3600));
    }

    private LoadPlan plan() {
        if (preloadKeys != null && keys != null) {
            throw new ParameterException(spec.commandLine(), "--keys and --preload-keys exclude one another");
        }
        inRange("--connections", connections, 1, 65_000);
        int sessionCount = inRange("--sessions", sessions == null ? connections : sessions, 1, KEYS_MAX);
        int keyCount = keys == null ? 1000 : keys;
        if (preloadKeys != null) {
            keyCount = (int)
                    Math.ceil((double) inRange("--preload-keys", preloadKeys, 1, Integer.MAX_VALUE) / sessionCount);
        }
        return new LoadPlan(
                List.copyOf(addresses),
                load,
                connections,
                inRange("--pipeline", pipeline, 1, 1_000_000),
                inRange("--threads", threads, 1, connections),
                sessionCount,
                inRange("--keys", keyCount, 1, KEYS_MAX),
                preloadKeys != null || load.needsKeys(),
                inRange("--value-bytes", valueBytes, 2, 16 << 20),
                inRange("--prepared", prepared, 1, 1_000_000),
                TimeUnit.SECONDS.toMillis(inRange("--warmup", warmup, 0, 3600)),
                requests != null
                        ? LoadPlan.UNTIMED
                        : TimeUnit.SECONDS.toMillis(inRange("--seconds", seconds, 1, 86_400)),
                requests == null ? 0 : inRange("--requests", requests, 1, Long.MAX_VALUE - 1),
                LoadPlan.DEFAULT_SILENCE_MS_MAX);
    }

    private int inRange(String option, int value, int min, int max) {
        return (int) inRange(option, (long) value, min, max);
    }

    private long inRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be an integer in " + min + ".." + max + ", not " + value);
        }
        return value;
    }

    private static final class AddressConverter implements ITypeConverter<ServerAddress> {

        @Override
        public ServerAddress convert(String text) {
            try {
                return ServerAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class TableConverter implements ITypeConverter<Table> {

        @Override
        public Table convert(String text) {
            return oneOf(Table.values(), text);
        }
    }

    private static final class LoadConverter implements ITypeConverter<Load> {

        @Override
        public Load convert(String text) {
            return oneOf(Load.values(), text);
        }
    }

    private static <T> T oneOf(T[] values, String text) {
        return Stream.of(values)
                .filter(value -> value.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                        + Stream.of(values).map(Object::toString).collect(Collectors.joining(", "))));
    }
}
