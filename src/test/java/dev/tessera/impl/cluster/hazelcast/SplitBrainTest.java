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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two real members that do not know each other at first, and then merge as after a split. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class SplitBrainTest {

    private static final Pattern TOKEN = Pattern.compile("\"tkn\":(\\d+)");

    private final MutableClock clock = new MutableClock();

    @Test
    void shouldKeepTheNewestVersionOfEachSession(Vertx vertx) throws Exception {
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, Configuration.defaults(), 2, 3, 1, 4000)) {
            nodes.startApart(clock);
            nodes.startApart(clock);
            String older = set(nodes, 0, "older", 1);
            String newer = set(nodes, 1, "newer", 1);
            String mine = set(nodes, 0, "mine", 1);
            String yours = set(nodes, 1, "yours", 1);
            clock.advance(Duration.ofSeconds(1));
            set(nodes, 1, "older", 2);
            set(nodes, 0, "newer", 2);

            nodes.introduce(0, 1);
            nodes.introduce(1, 0);
            HazelcastNodes.await(() -> nodes.node(0)
                                    .hazelcast()
                                    .getCluster()
                                    .getMembers()
                                    .size()
                            == 2
                    && nodes.node(1).hazelcast().getCluster().getMembers().size() == 2);
            HazelcastNodes.await(() -> count(nodes, 0) == 4 && count(nodes, 1) == 4);
            nodes.awaitSafe();

            for (int node = 0; node < 2; node++) {
                assertThat(get(nodes, node, older)).isEqualTo("2");
                assertThat(get(nodes, node, newer)).isEqualTo("2");
                assertThat(get(nodes, node, mine)).isEqualTo("1");
                assertThat(get(nodes, node, yours)).isEqualTo("1");
            }
            assertThat(nodes.node(0).run("""
                    {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$"}}""".formatted(yours))).containsExactly("""
                            {"KV_FIND_RSP":{"tkn":%s,"st":1,"keys":["k"]}}""".formatted(yours));
        }
    }

    private static int count(HazelcastNodes nodes, int node) {
        try {
            String reply = nodes.node(node).run("{\"SH_INFO_ALL\":{}}").get(0);
            return reply.contains("\"totalSessions\":")
                    ? Integer.parseInt(reply.replaceAll(".*\"totalSessions\":(\\d+).*", "$1"))
                    : -1;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String set(HazelcastNodes nodes, int node, String name, int value) throws Exception {
        nodes.node(node).run("""
                {"SH_NEW":{"name":"%s","shared":true}}""".formatted(name));
        Matcher token = TOKEN.matcher(nodes.node(node).run("""
                        {"SH_OPEN":{"name":"%s"}}""".formatted(name)).get(0));
        assertThat(token.find()).isTrue();
        nodes.node(node).run("""
                {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token.group(1), value));
        return token.group(1);
    }

    private static String get(HazelcastNodes nodes, int node, String token) throws Exception {
        return nodes.node(node).run("""
                        {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token)).get(0).replaceAll(".*\"k\":(.*?)}}}$", "$1");
    }
}
