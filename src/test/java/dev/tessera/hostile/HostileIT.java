package dev.tessera.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.LiveHeap;
import dev.tessera.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs each attack against one real server with a heap of 128 MB, without other flags of the JVM. During each attack
 * and after it, a healthy client gets its answers and {@code /livez} answers. Then the server returns the memory and
 * the descriptors of the attacker, and the log is small. The test prints how long the healthy client waited; no
 * assertion depends on it.
 */
@Tag(Layer.PROCESS)
@Timeout(400)
class HostileIT {

    static final int DESCRIPTORS_MAX = 1000;

    private static final long RETURN_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int EXIT_CODE_TERMINATED = 143;
    private static final int ANSWERS_BETWEEN = 50;
    private static final long HEAP_GROWTH_BYTES_MAX = 16L * 1024 * 1024;
    /** Connections of the probe and of other tests' helpers may still be open. */
    private static final int DESCRIPTOR_GROWTH_MAX = 10;
    /** Each kind of line may come once a second. */
    private static final int LOG_BYTES_MAX = 64 * 1024;

    private final List<String> report = new ArrayList<>();
    private final List<Throwable> harm = new ArrayList<>();

    @Test
    void shouldHarmOnlyTheAttacker() throws Exception {
        List<Attack> attacks = Stream.of(ConnectionAttacks.all(), WorkAttacks.all(), MemoryAttacks.all())
                .flatMap(List::stream)
                .toList();
        try (ServerProcess server = ServerProcess.command()
                .startShell("ulimit -n " + DESCRIPTORS_MAX + "; exec java -Xmx128m -jar " + ServerProcess.jar())) {
            server.awaitReady();
            long heapBytes = LiveHeap.bytes(server);
            int descriptors = descriptors(server);
            run(new Attack("nobody", target -> {}), server, heapBytes, descriptors);
            for (Attack attack : attacks) {
                if (server.isAlive()) {
                    run(attack, server, heapBytes, descriptors);
                }
            }
            assertThat(harm).as("last lines of the log: " + lastLines(server)).isEmpty();
            assertThat(server.terminate().awaitExit()).isEqualTo(EXIT_CODE_TERMINATED);
            assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        } finally {
            System.out.println("Hostile: times of a healthy client beside each attack");
            report.forEach(System.out::println);
            harm.forEach(one -> System.out.println("Hostile: " + one.getMessage() + ": " + one.getCause()));
        }
    }

    private void run(Attack attack, ServerProcess server, long heapBytes, int descriptors) {
        try (LivezProbe livez = new LivezProbe(server.managementPort());
                HealthyClient healthy = new HealthyClient(server.port())) {
            int logBytes = logBytes(server);
            healthy.awaitAnswers(ANSWERS_BETWEEN);
            try (Target target = new Target(server.port())) {
                attack.script().run(target);
                // While the connections of the attacker are still open.
                healthy.awaitAnswers(ANSWERS_BETWEEN);
                livez.awaitAnswer();
            }
            healthy.awaitAnswers(ANSWERS_BETWEEN);
            row(attack.name(), healthy.times());
            awaitReturn(server, heapBytes, descriptors);
            livez.check();
            assertThat(logBytes(server) - logBytes).as("bytes of the log").isLessThan(LOG_BYTES_MAX);
        } catch (Exception | AssertionError e) {
            harm.add(new AssertionError("harm by: " + attack, e));
        }
    }

    private void row(String attack, Histogram micros) {
        report.add("Hostile: %-50s %6d answers, p50 %8.2f ms, p99 %8.2f ms, slowest %8.2f ms"
                .formatted(
                        attack,
                        micros.getTotalCount(),
                        micros.getValueAtPercentile(50) / 1000.0,
                        micros.getValueAtPercentile(99) / 1000.0,
                        micros.getMaxValue() / 1000.0));
    }

    /** Waits until the server has given back what the attack took. */
    private static void awaitReturn(ServerProcess server, long heapBytes, int descriptors) throws IOException {
        long startedNs = System.nanoTime();
        long heapGrowth = Long.MAX_VALUE;
        int descriptorGrowth = Integer.MAX_VALUE;
        while (heapGrowth > HEAP_GROWTH_BYTES_MAX || descriptorGrowth > DESCRIPTOR_GROWTH_MAX) {
            assertThat(System.nanoTime() - startedNs)
                    .as("%d bytes and %d descriptors are not back", heapGrowth, descriptorGrowth)
                    .isLessThan(RETURN_TIMEOUT_NS);
            descriptorGrowth = descriptors(server) - descriptors;
            if (descriptorGrowth > DESCRIPTOR_GROWTH_MAX) {
                // A look at the heap is dear.
                LockSupport.parkNanos(PAUSE_NS);
            } else {
                heapGrowth = LiveHeap.bytes(server) - heapBytes;
            }
        }
    }

    private static int descriptors(ServerProcess server) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return (int) open.count();
        }
    }

    private static int logBytes(ServerProcess server) {
        return server.output().stream().mapToInt(String::length).sum();
    }

    private static List<String> lastLines(ServerProcess server) {
        List<String> lines = server.output();
        return lines.subList(Math.max(0, lines.size() - 10), lines.size());
    }
}
