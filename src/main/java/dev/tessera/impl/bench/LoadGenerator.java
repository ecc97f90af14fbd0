package dev.tessera.impl.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The execution of one plan. It creates sessions and keys, runs the threads and ends the sessions. It blocks until the
 * end.
 */
public final class LoadGenerator {

    private static final long PROGRESS_MS = 200;
    private static final long SEED = 1987;

    private final LoadPlan plan;
    private final BenchProgress progress;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<LoadRecorder> recorders = new ArrayList<>();

    private LoadGenerator(LoadPlan plan, BenchProgress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Measures a server.
     *
     * @return the figures; if the server closes a connection, those until then, with an error that has the reason
     * @throws BenchException if the server cannot be reached, refuses a request of the preparation, or closes a
     *     connection before its first reply
     */
    public static LoadResult run(LoadPlan plan, BenchProgress progress) throws InterruptedException {
        return new LoadGenerator(plan, progress).run();
    }

    private LoadResult run() throws InterruptedException {
        progress.at("preparing", 0, 0);
        if (!plan.load().needsSessions()) {
            return measure(benchKeys(IntStream.range(0, plan.sessions())
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new)));
        }
        BenchKeys benchKeys = benchKeys(SessionSetup.create(plan.address(), plan.sessions()));
        LoadResult result;
        try {
            if (plan.preload()) {
                SessionSetup.store(plan.address(), benchKeys);
            }
            result = measure(benchKeys);
        } catch (BenchException e) {
            endSessions(benchKeys).ifPresent(e::addSuppressed);
            throw e;
        }
        Optional<BenchException> failure = endSessions(benchKeys);
        if (failure.isPresent() && result.errors() == 0) {
            throw failure.get();
        }
        return result;
    }

    private BenchKeys benchKeys(String[] tokens) {
        return new BenchKeys(tokens, plan.keys(), plan.valueBytes());
    }

    /**
     * Ends the sessions and returns the failure, if any. It does not throw, because a server that failed before often
     * fails here too, and the first failure explains more.
     */
    private Optional<BenchException> endSessions(BenchKeys benchKeys) {
        try {
            SessionSetup.end(plan.address(), benchKeys);
            return Optional.empty();
        } catch (BenchException e) {
            return Optional.of(e);
        }
    }

    private LoadResult measure(BenchKeys benchKeys) throws InterruptedException {
        List<List<LoadConnection>> connections = open(benchKeys);
        ExecutorService executor = Executors.newFixedThreadPool(plan.threads());
        try {
            CompletionService<LoadRecorder> running = new ExecutorCompletionService<>(executor);
            long startNs = System.nanoTime();
            for (int i = 0; i < plan.threads(); i++) {
                running.submit(
                        new LoadThread(plan, connections.get(i), Schedule.of(plan, i, startNs), recorders.get(i)));
            }
            double generatorCpu = await(running, startNs);
            return LoadResult.of(plan, recorders, generatorCpu);
        } finally {
            executor.shutdownNow();
            executor.awaitTermination(1, TimeUnit.MINUTES);
            close();
        }
    }

    /** Opens the connections of each thread. */
    private List<List<LoadConnection>> open(BenchKeys benchKeys) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<List<LoadConnection>> byThread = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            byThread.add(new ArrayList<>());
            recorders.add(new LoadRecorder());
        }
        try {
            for (int i = 0; i < plan.connections(); i++) {
                Script script = script(benchKeys, i, random);
                SocketChannel channel = ClientHandshake.open(plan.address(i));
                channels.add(channel);
                int thread = i % plan.threads();
                byThread.get(thread)
                        .add(new LoadConnection(
                                plan.address(i), channel, script, plan.pipeline(), recorders.get(thread)));
            }
            return byThread;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Script script(BenchKeys benchKeys, int connection, SplittableRandom random) {
        int prepared = plan.preparedPerConnection();
        List<RequestReply> requestReplies = new ArrayList<>(prepared);
        for (int i = 0; i < prepared; i++) {
            requestReplies.add(
                    plan.load().requestReply(i, benchKeys.entryFor(connection, plan.connections(), i, prepared)));
        }
        return new Script(requestReplies, random);
    }

    /** Waits for all threads. Returns the processor time since the warm-up, divided by the elapsed time. */
    private double await(CompletionService<LoadRecorder> running, long startNs) throws InterruptedException {
        long warmUntilNs = startNs + (plan.timed() ? TimeUnit.MILLISECONDS.toNanos(plan.warmupMs()) : 0);
        long fromNs = startNs;
        long cpuFromNs = CpuMeter.processCpuNs();
        for (int ended = 0; ended < plan.threads(); ) {
            long warmNs = warmUntilNs - System.nanoTime();
            long pollNs = TimeUnit.MILLISECONDS.toNanos(PROGRESS_MS);
            Future<LoadRecorder> next =
                    running.poll(warmNs > 0 ? Math.min(warmNs, pollNs) : pollNs, TimeUnit.NANOSECONDS);
            if (fromNs < warmUntilNs && System.nanoTime() >= warmUntilNs) {
                fromNs = System.nanoTime();
                cpuFromNs = CpuMeter.processCpuNs();
            }
            if (next == null) {
                report(System.nanoTime() - startNs);
            } else {
                ended++;
                check(next);
            }
        }
        return (CpuMeter.processCpuNs() - cpuFromNs) / (double) Math.max(1, System.nanoTime() - fromNs);
    }

    private static void check(Future<LoadRecorder> ended) throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BenchException expected) {
                throw expected;
            }
            throw new IllegalStateException("a thread of the generator failed", e.getCause());
        }
    }

    private void report(long elapsedNs) {
        long requests = recorders.stream().mapToLong(LoadRecorder::progress).sum();
        if (plan.timed()) {
            double elapsedMs = elapsedNs / 1e6;
            progress.at(
                    elapsedMs < plan.warmupMs() ? "warming up" : "measuring",
                    Math.min(1, elapsedMs / (plan.warmupMs() + plan.measureMs())),
                    requests);
        } else {
            progress.at("measuring", (double) requests / plan.requests(), requests);
        }
    }

    private void close() {
        try {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new BenchException("cannot close a connection: " + e.getMessage(), e);
        }
    }
}
