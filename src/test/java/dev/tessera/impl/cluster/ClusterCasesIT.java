package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the table of cases on the nodes of a cluster; each request goes to the next node. */
@Tag(Layer.CLUSTER)
class ClusterCasesIT {

    private static final int NODES = 2;
    private static final int SESSIONS = 20;

    private static TestCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new TestCluster(NODES).startAll();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @TestFactory
    Stream<DynamicTest> shouldAnswerAsTheCasesSayFromEveryNode() {
        return RoundRobin.cases(
                cluster,
                "messages.cases",
                "sessions.cases",
                "keys.cases",
                "search.cases",
                "edits.cases",
                "rid.cases",
                "ttl.cases",
                "list.cases",
                "batch.cases",
                "revisions.cases");
    }

    @Test
    void shouldCountCommandsOnTheNodeToWhichTheyCome() throws Exception {
        MetricsPage[] before = {page(0), page(1)};
        try (TextSocket socket = TextSocket.connect(cluster.node(0).port())) {
            for (int i = 0; i < SESSIONS; i++) {
                String token = token(socket.ask("""
                        {"SH_NEW":{"name":"n"}}"""));
                socket.ask("""
                        {"SH_END":{"tkn":%s}}""".formatted(token));
                assertThat(socket.ask("""
                        {"KV_COUNT":{"tkn":%s}}""".formatted(token))).startsWith("""
                                {"KV_COUNT_RSP":{"st":100,""");
            }
        }

        MetricsPage asked = page(0);
        MetricsPage other = page(1);
        assertThat(asked.commands("SH_NEW") - before[0].commands("SH_NEW")).isEqualTo(SESSIONS);
        assertThat(asked.commands("KV_COUNT") - before[0].commands("KV_COUNT")).isEqualTo(SESSIONS);
        assertThat(asked.faults("KV_COUNT", 100) - before[0].faults("KV_COUNT", 100))
                .isEqualTo(SESSIONS);
        assertThat(other.commands("KV_COUNT")).isEqualTo(before[1].commands("KV_COUNT"));
        assertThat(other.faults()).isEqualTo(before[1].faults());
    }

    @Test
    void shouldTellOfTheSessionsThatEachNodeHas() throws Exception {
        try (RoundRobin conversation = new RoundRobin(cluster)) {
            conversation.ask("{\"SH_END_ALL\":{}}");
            for (int i = 0; i < SESSIONS; i++) {
                String token = token(conversation.ask("""
                        {"SH_NEW":{"name":"n"}}"""));
                conversation.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"a":1,"b":2}}}""".formatted(token));
            }

            while (sum("tessera_sessions") != SESSIONS || sum("tessera_keys") != 2 * SESSIONS) {
                assertThat(conversation.ask("{\"SH_INFO_ALL\":{}}")).contains("\"totalSessions\":" + SESSIONS);
            }
        }
    }

    @Test
    void shouldEndASessionInTimeOnEveryNode() throws Exception {
        try (RoundRobin conversation = new RoundRobin(cluster)) {
            String made = conversation.ask("""
                            {"SH_NEW":{"name":"brief","expiry":{"duration":1,"deleteSession":true}}}""");
            String token = token(made);

            String answer = made;
            while (!answer.contains("\"exist\":[]")) {
                answer = conversation.ask("""
                        {"SH_EXISTS":{"tkns":[%s]}}""".formatted(token));
                assertThat(answer).startsWith("{\"SH_EXISTS_RSP\":{");
            }
            for (int number = 0; number < NODES; number++) {
                assertThat(conversation.ask("""
                        {"KV_COUNT":{"tkn":%s}}""".formatted(token))).startsWith("""
                                {"KV_COUNT_RSP":{"st":100,""");
            }
        }
    }

    private static String token(String made) {
        return made.replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }

    private static double sum(String metric) throws Exception {
        return page(0).value(metric) + page(1).value(metric);
    }

    private static MetricsPage page(int node) throws Exception {
        return MetricsPage.of(cluster.node(node).managementPort());
    }
}
