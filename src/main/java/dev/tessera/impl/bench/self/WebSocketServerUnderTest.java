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

/** A server of this program, in a JVM of its own, measured by {@code bench} in another. */
final class WebSocketServerUnderTest implements SystemUnderTest {

    private static final Pattern LISTENING = Pattern.compile("Listening on (ws://[^\\s,]+)");
    private static final Pattern RESULT = Pattern.compile("^\\{.*}$");

    /** A run may take so much longer than what it measures: the start of a JVM, and storing keys before. */
    private static final int PREPARATION_SECONDS_MAX = 300;

    private final String name;
    private final SelfPlan plan;
    private final Path directory;
    /** One, or the nodes of a cluster. */
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

    /** Tessera itself. */
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
     * Tessera with a journal on one event loop.
     *
     * @param mode as {@code --journal} takes it
     * @param data where the journal lies
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

    /** Nodes of one cluster, each with so many event loops. */
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

    /** The server that sends everything back. */
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

    /** The first group of the line of the server's log that it has written before it served. */
    String logged(Pattern line) {
        return line.matcher(servers.get(0).output())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new BenchException(
                        name + " has not logged " + line + ": " + servers.get(0).output()));
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
        arguments.addAll(cell.more());
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
            throw new BenchException("the generator has printed something else than its result: " + json, e);
        }
    }

    @Override
    public void close() {
        servers.forEach(ChildProcess::close);
    }
}
