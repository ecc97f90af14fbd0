package dev.tessera.impl.bench.self;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tessera.impl.bench.BenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server of this program in its own JVM. The {@code bench} command measures it from another JVM. */
final class WebSocketServerUnderTest implements SystemUnderTest {

    private static final Pattern LISTENING = Pattern.compile("Listening on (ws://[^\\s,]+)");
    private static final Pattern RESULT = Pattern.compile("^\\{.*}$");

    /** The most time of a run beside its warm-up and measurement: it starts a JVM and may store keys. */
    private static final int PREPARATION_SECONDS_MAX = 300;

    private final String name;
    private final SelfPlan plan;
    private final Path directory;
    /** A single server, or the nodes of a cluster. */
    private final List<ChildProcess> servers;

    private final String url;

    private WebSocketServerUnderTest(String name, SelfPlan plan, Path directory, List<ChildProcess> servers)
            throws InterruptedException {
        this.name = name;
        this.plan = plan;
        this.directory = directory;
        this.servers = servers;
        List<String> urls = new ArrayList<>();
        try {
            for (ChildProcess server : servers) {
                urls.add(server.await().group(1) + "/");
            }
        } catch (BenchException | InterruptedException e) {
            close();
            throw e;
        }
        this.url = String.join(",", urls);
    }

    /** Starts Tessera without a journal. */
    static WebSocketServerUnderTest tessera(SelfPlan plan, Path directory, int eventLoops, Cores cores)
            throws InterruptedException {
        return start(
                "tessera",
                plan,
                directory,
                cores,
                List.of("serve"),
                Map.of(
                        "TESSERA_PORT",
                        "0",
                        "TESSERA_MANAGEMENT_PORT",
                        "0",
                        "TESSERA_EVENT_LOOPS",
                        Integer.toString(eventLoops)));
    }

    /**
     * Starts Tessera with a journal, on one event loop.
     *
     * @param mode the value of {@code --journal}
     * @param data the data directory
     */
    static WebSocketServerUnderTest journaled(SelfPlan plan, Path directory, String mode, Path data, Cores cores)
            throws InterruptedException {
        return start(
                "journal " + mode,
                plan,
                directory,
                cores,
                List.of("serve", "--data-dir", data.toString(), "--journal", mode),
                Map.of("TESSERA_PORT", "0", "TESSERA_MANAGEMENT_PORT", "0", "TESSERA_EVENT_LOOPS", "1"));
    }

    /**
     * Starts the nodes of one cluster.
     *
     * @param eventLoops the number of event loops of each node
     */
    static WebSocketServerUnderTest cluster(SelfPlan plan, Path directory, int nodes, int eventLoops, Cores cores)
            throws InterruptedException {
        List<ChildProcess> servers = new ArrayList<>();
        for (Map<String, String> environment : ClusterNodes.environments(nodes, eventLoops)) {
            List<String> flags = new ArrayList<>(plan.serverJvm());
            flags.addAll(ClusterNodes.JVM_FLAGS);
            List<String> command = cores.pin(plan.program().command(flags, List.of("serve")));
            servers.add(ChildProcess.start(
                    "node " + servers.size() + " of " + nodes, command, environment, directory, LISTENING));
        }
        return new WebSocketServerUnderTest("cluster of " + nodes, plan, directory, servers);
    }

    /** Starts the echo server. */
    static WebSocketServerUnderTest echo(SelfPlan plan, Path directory, Cores cores) throws InterruptedException {
        return start("echo", plan, directory, cores, List.of("bench-echo"), Map.of());
    }

    private static WebSocketServerUnderTest start(
            String name,
            SelfPlan plan,
            Path directory,
            Cores cores,
            List<String> arguments,
            Map<String, String> environment)
            throws InterruptedException {
        List<String> command = cores.pin(plan.program().command(plan.serverJvm(), arguments));
        return new WebSocketServerUnderTest(
                name, plan, directory, List.of(ChildProcess.start(name, command, environment, directory, LISTENING)));
    }

    /**
     * Returns the first group of the first match in the server's log. The server must write that line before it
     * listens.
     */
    String logged(Pattern line) {
        return line.matcher(servers.get(0).output())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new BenchException(
                        name + " did not log " + line + ": " + servers.get(0).output()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sample measure(Cell cell) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "bench",
                "--json",
                "--url",
                url,
                "--command",
                cell.command(),
                "--connections",
                Integer.toString(cell.connections()),
                "--pipeline",
                Integer.toString(cell.pipeline()),
                "--value-bytes",
                Integer.toString(cell.valueBytes()),
                "--seconds",
                Integer.toString(plan.seconds()),
                "--warmup",
                Integer.toString(plan.warmupSeconds())));
        arguments.addAll(cell.options());
        List<String> command = cell.cores().pin(plan.program().command(List.of(), arguments));
        try (ChildProcess generator = ChildProcess.start("the generator", command, Map.of(), directory, RESULT)) {
            int exitCode = generator.awaitExit(plan.seconds() + plan.warmupSeconds() + PREPARATION_SECONDS_MAX);
            if (exitCode != 0) {
                throw new BenchException(cell + " against " + name + ": " + generator.output());
            }
            return sample(generator.await().group());
        }
    }

    private static Sample sample(String json) {
        try {
            JsonNode result = JsonMapper.builder().build().readTree(json);
            return new Sample(
                    result.get("requestsPerSecond").asDouble(),
                    result.get("p50Us").asDouble(),
                    result.get("p99Us").asDouble(),
                    result.get("p999Us").asDouble(),
                    result.get("maxUs").asDouble(),
                    result.get("sentBytesPerSecond").asDouble()
                            + result.get("receivedBytesPerSecond").asDouble(),
                    result.get("generatorCpu").asDouble());
        } catch (JsonProcessingException e) {
            throw new BenchException("the generator did not print a result: " + json, e);
        }
    }

    @Override
    public void close() {
        servers.forEach(ChildProcess::close);
    }
}
