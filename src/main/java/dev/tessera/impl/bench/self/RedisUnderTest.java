package dev.tessera.impl.bench.self;

import dev.tessera.impl.bench.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Redis server without persistence, measured by {@code redis-benchmark}. */
final class RedisUnderTest implements SystemUnderTest {

    private static final Pattern READY = Pattern.compile("Ready to accept connections");
    private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

    /** {@code "test","rps","avg","min","p50","p95","p99","max"}, latencies in milliseconds. */
    private static final Pattern RESULT = Pattern.compile("^\"(?:SET|GET)\"" + ",\"([0-9.]+)\"".repeat(7));

    private static final String CLIENT = "redis-benchmark";

    /** The number of different keys. The generator uses the same number with Tessera: 512 on each of 16 connections. */
    private static final int KEYS = 8192;

    /** The number of requests of the first run, which measures how many requests fill the planned time. */
    private static final long PROBE_REQUESTS = 50_000;

    private static final int RUN_SECONDS_MAX = 600;
    private static final double US_PER_MS = 1000;

    private final SelfPlan plan;
    private final Path directory;
    private final int port;
    private final ChildProcess server;

    private RedisUnderTest(SelfPlan plan, Path directory, int port, ChildProcess server) {
        this.plan = plan;
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    /** Returns whether the plan includes Redis, and its programs are installed. */
    static boolean isAvailable(SelfPlan plan) {
        return !plan.redis().equals(SelfPlan.NO_REDIS) && OnPath.has(plan.redis()) && OnPath.has(CLIENT);
    }

    /** Starts Redis; returns null without it. */
    static @Nullable RedisUnderTest startIfAvailable(SelfPlan plan, Path directory, Cores cores)
            throws InterruptedException {
        return isAvailable(plan) ? start(plan, directory, cores) : null;
    }

    private static RedisUnderTest start(SelfPlan plan, Path directory, Cores cores) throws InterruptedException {
        int port = freePort();
        List<String> command = List.of(
                plan.redis(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "no",
                "--dir",
                directory.toString());
        ChildProcess server = ChildProcess.start("redis-server", cores.pin(command), Map.of(), directory, READY);
        server.await();
        return new RedisUnderTest(plan, directory, port, server);
    }

    /** Returns the server's version. */
    static String version(SelfPlan plan, Path directory) throws InterruptedException {
        try (ChildProcess version =
                ChildProcess.start("redis-server", List.of(plan.redis(), "--version"), Map.of(), directory, VERSION)) {
            return version.await().group(1);
        }
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Sample measure(Cell cell) throws InterruptedException {
        double perSecond = run(cell, PROBE_REQUESTS).requestsPerSecond();
        return run(cell, Math.max(PROBE_REQUESTS, (long) (perSecond * plan.seconds())));
    }

    private Sample run(Cell cell, long requests) throws InterruptedException {
        List<String> command = List.of(
                CLIENT,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "--csv",
                "-t",
                cell.command(),
                "-c",
                Integer.toString(cell.connections()),
                "-P",
                Integer.toString(cell.pipeline()),
                "-d",
                Integer.toString(cell.valueBytes()),
                "-r",
                Integer.toString(KEYS),
                "-n",
                Long.toString(requests));
        try (ChildProcess client = ChildProcess.start(CLIENT, cell.cores().pin(command), Map.of(), directory, RESULT)) {
            if (client.awaitExit(RUN_SECONDS_MAX) != 0) {
                throw new BenchException(CLIENT + " failed: " + client.output());
            }
            Matcher result = client.await();
            return new Sample(
                    number(result, 1),
                    number(result, 4) * US_PER_MS,
                    number(result, 6) * US_PER_MS,
                    Double.NaN,
                    number(result, 7) * US_PER_MS,
                    Double.NaN,
                    Double.NaN);
        }
    }

    private static double number(Matcher result, int group) {
        return Double.parseDouble(result.group(group));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("no port is free: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
