package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients of several nodes count up the same counters by compare-and-set, while a node is killed. */
@Tag(Layer.CLUSTER)
class ClusterConditionsIT {

    private static final int NODES = 3;
    private static final int CLIENTS_PER_NODE = 2;
    /** Enough that each node owns some. */
    private static final int COUNTERS = 12;

    private static final int CHANGES = 50;
    private static final int PATIENCE_SECONDS = 120;

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(NODES).startAll();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void shouldCountEverySuccessOnceWhileAnOwnerDies() throws Exception {
        List<String> tokens = new ArrayList<>();
        try (TextSocket socket = TextSocket.connect(cluster.node(0).port())) {
            for (int i = 0; i < COUNTERS; i++) {
                String reply = socket.ask("""
                        {"SH_NEW":{"name":"counter"}}""");
                tokens.add(reply.replaceAll(".*\"tkn\":([0-9]+).*", "$1"));
            }
        }

        List<CounterWriter> writers = countUp(tokens);

        List<CounterWriter.Attempt> stored = all(writers, CounterWriter::stored);
        List<CounterWriter.Attempt> perhaps = all(writers, CounterWriter::perhaps);
        assertThat(writers.stream().mapToInt(CounterWriter::conflicts).sum())
                .as("clients meet")
                .isPositive();
        try (TextSocket socket = TextSocket.connect(cluster.node(0).port())) {
            for (String token : tokens) {
                List<CounterWriter.Attempt> ofCounter = stored.stream()
                        .filter(one -> one.token().equals(token))
                        .sorted(Comparator.comparingLong(CounterWriter.Attempt::number))
                        .toList();
                assertThat(numbers(ofCounter)).as("no number was stored twice").doesNotHaveDuplicates();
                assertThat(ofCounter.stream().map(CounterWriter.Attempt::revision))
                        .as("revisions grow")
                        .isSorted()
                        .doesNotHaveDuplicates();
                requireEveryNumber(numbers(ofCounter), perhaps, token, count(socket, token));
            }
        }
    }

    private static List<CounterWriter> countUp(List<String> tokens) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CounterWriter> writers = new ArrayList<>();
            List<Future<Void>> writing = new ArrayList<>();
            for (int i = 0; i < NODES * CLIENTS_PER_NODE; i++) {
                CounterWriter writer = new CounterWriter(cluster.node(i % NODES).port(), tokens, CHANGES);
                writers.add(writer);
                writing.add(threads.submit(writer));
            }
            for (CounterWriter writer : writers) {
                writer.awaitBegun(PATIENCE_SECONDS);
            }
            cluster.node(2).kill();
            cluster.awaitMembers(0, 2);
            CounterWriter late = new CounterWriter(cluster.node(1).port(), tokens, CHANGES);
            writers.add(late);
            writing.add(threads.submit(late));
            late.awaitBegun(PATIENCE_SECONDS);
            writers.forEach(CounterWriter::stop);
            for (Future<Void> one : writing) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            return writers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<CounterWriter.Attempt> all(
            List<CounterWriter> writers, Function<CounterWriter, List<CounterWriter.Attempt>> attempts) {
        return writers.stream()
                .flatMap(writer -> attempts.apply(writer).stream())
                .toList();
    }

    private static List<Long> numbers(List<CounterWriter.Attempt> attempts) {
        return attempts.stream().map(CounterWriter.Attempt::number).toList();
    }

    /** Checks that a counter contains every success, and nothing that no client tried to store. */
    private static void requireEveryNumber(
            List<Long> stored, List<CounterWriter.Attempt> perhaps, String token, long count) {
        Set<Long> unknown = perhaps.stream()
                .filter(one -> one.token().equals(token))
                .map(CounterWriter.Attempt::number)
                .collect(Collectors.toSet());
        assertThat(stored).allMatch(number -> number <= count);
        assertThat(LongStream.rangeClosed(1, count).boxed())
                .allMatch(number -> stored.contains(number) || unknown.contains(number));
    }

    private static long count(TextSocket socket, String token) throws Exception {
        String reply = socket.ask("""
                {"KV_GET":{"tkn":%s,"keys":["n"]}}""".formatted(token));
        return Long.parseLong(reply.replaceAll(".*\"n\":([0-9]+)}}}", "$1"));
    }
}
