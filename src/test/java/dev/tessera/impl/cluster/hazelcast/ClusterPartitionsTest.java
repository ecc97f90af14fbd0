package dev.tessera.impl.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions shared by real members in this JVM. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class ClusterPartitionsTest {

    private static final Pattern TOKEN = Pattern.compile("\"tkn\":(\\d+)");
    private static final int SESSIONS = 20;

    private final MutableClock clock = new MutableClock();

    @Test
    void shouldShowOneDatabaseOnEveryNode(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx, Configuration.defaults(), 1)) {
            String[] tokens = makeSessions(nodes, "");

            for (int i = 0; i < SESSIONS; i++) {
                assertThat(nodes.node(1).run("""
                        {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(tokens[i]))).containsExactly("""
                                {"KV_GET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(tokens[i], i));
            }
            assertThat(nodes.node(2).run("{\"SH_INFO_ALL\":{}}")).containsExactly("""
                            {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":%s,"totalKeys":%s}}""".formatted(SESSIONS, SESSIONS));
        }
    }

    @Test
    void shouldKeepAcknowledgedChangesWhenNodesDieAndLeave(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx, Configuration.defaults(), 1)) {
            String[] tokens = makeSessions(nodes, "");

            nodes.node(0).hazelcast().getLifecycleService().terminate();
            assertThat(get(nodes.node(1), tokens, "k")).containsExactly(numbers());
            nodes.awaitSafe().node(1).hazelcast().shutdown();
            assertThat(get(nodes.node(2), tokens, "k")).containsExactly(numbers());
        }
    }

    @Test
    void shouldCountSessionsAndCopiesOnTheNodesThatHoldThem(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, Configuration.defaults(), 3, 7, 1, 4000)) {
            nodes.start(clock);
            nodes.start(clock);
            nodes.awaitSafe();
            makeSessions(nodes, "");
            HazelcastNodes.await(() -> counted(nodes, 0, 1) == 2 * SESSIONS);

            nodes.start(clock);
            nodes.awaitSafe();
            HazelcastNodes.await(() -> counted(nodes, 2) > 0 && counted(nodes, 0, 1, 2) == 2 * SESSIONS);

            nodes.node(1).hazelcast().shutdown();
            nodes.awaitSafe();
            HazelcastNodes.await(() -> counted(nodes, 0, 2) == 2 * SESSIONS);
        }
    }

    private static long counted(HazelcastNodes nodes, int... numbers) {
        return IntStream.of(numbers)
                .mapToLong(number -> nodes.node(number).partitions().memory().sessions())
                .sum();
    }

    @Test
    void shouldSearchOnTheNodeThatHasTheValues(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = nodes(vertx, Configuration.defaults(), 1)) {
            String[] tokens = makeSessions(nodes, "");

            for (int i = 0; i < SESSIONS; i++) {
                assertThat(nodes.node(1).run("""
                        {"KV_FIND":{"tkn":%s,"rsp":"kv","path":"$"}}""".formatted(tokens[i]))).containsExactly("""
                                        {"KV_FIND_RSP":{"tkn":%s,"st":1,"keys":{"k":%s}}}""".formatted(tokens[i], i));
            }
        }
    }

    @Test
    void shouldEndSessionsInTimeThoughNodesDifferInTime(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, Configuration.defaults(), 2, 5, 1, 4000)) {
            MutableClock ahead = new MutableClock();
            ahead.advance(Duration.ofHours(1));
            nodes.start(clock);
            nodes.start(ahead);
            nodes.awaitSafe();
            String[] tokens = makeSessions(nodes, """
                    ,"expiry":{"duration":60,"deleteSession":true}""");

            nodes.node(0).hazelcast().getLifecycleService().terminate();
            assertThat(get(nodes.node(1), tokens, "k")).containsExactly(numbers());
            ahead.advance(Duration.ofSeconds(59));
            assertThat(nodes.node(1).run("""
                                    {"SH_INFO":{"tkn":%s}}""".formatted(tokens[0])).get(0)).contains("\"remaining\":1,");
            ahead.advance(Duration.ofSeconds(1));
            assertThat(nodes.node(1).run("""
                                    {"SH_INFO":{"tkn":%s}}""".formatted(tokens[0])).get(0)).contains("\"st\":100,");
        }
    }

    private HazelcastNodes nodes(Vertx vertx, Configuration configuration, int backups) throws Exception {
        HazelcastNodes nodes = new HazelcastNodes(vertx, configuration, 3, 7, backups, 4000);
        for (int i = 0; i < 3; i++) {
            nodes.start(clock);
        }
        return nodes.awaitSafe();
    }

    /** Makes sessions with one key each, whose value is their number; returns their tokens. */
    private static String[] makeSessions(HazelcastNodes nodes, String more) throws Exception {
        String[] tokens = new String[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            Matcher token =
                    TOKEN.matcher(nodes.node(i % 2).run("""
                            {"SH_NEW":{"name":"s%s"%s}}""".formatted(i, more)).get(0));
            assertThat(token.find()).isTrue();
            tokens[i] = token.group(1);
            assertThat(nodes.node(i % 2).run("""
                    {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(tokens[i], i))).containsExactly("""
                            {"KV_SET_RSP":{"tkn":%s,"keys":{"k":20}}}""".formatted(tokens[i]));
        }
        return tokens;
    }

    private static String[] get(HazelcastNodes.Node node, String[] tokens, String key) throws Exception {
        String[] values = new String[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            String reply = node.run("""
                    {"KV_GET":{"tkn":%s,"keys":["%s"]}}""".formatted(tokens[i], key)).get(0);
            values[i] = reply.replaceAll(".*\"" + key + "\":(.*?)}}}$", "$1");
        }
        return values;
    }

    private static String[] numbers() {
        String[] numbers = new String[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            numbers[i] = Integer.toString(i);
        }
        return numbers;
    }
}
