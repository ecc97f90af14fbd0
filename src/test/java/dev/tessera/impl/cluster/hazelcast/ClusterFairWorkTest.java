package dev.tessera.impl.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.work.Requester;
import dev.tessera.impl.work.SlowWork;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.HazelcastNodes;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/** Clients with many searches beside a client with one, in a cluster. */
@Tag(Layer.CLUSTER)
@ExtendWith(VertxExtension.class)
class ClusterFairWorkTest {

    private static final int NESTED_LEVELS = 60;
    private static final int SEARCHES = 80;

    @Test
    @ExpectLog(from = SlowWork.class, level = Level.WARN, message = "KV_FIND ran for", required = false)
    void shouldAnswerOthersWhileAClientSearchesAndEndWithTheClient(Vertx vertx) throws Exception {
        Configuration configuration = Configuration.defaults()
                .with(Settings.SEARCH_TIMEOUT, Duration.ofSeconds(2))
                .with(Settings.SEARCH_MAX_RESULTS, 100_000_000);
        try (HazelcastNodes nodes = new HazelcastNodes(vertx, configuration, 2, 7, 1, 4000)) {
            nodes.start(new MutableClock());
            nodes.start(new MutableClock());
            nodes.awaitSafe();
            String attacked = session(nodes.node(0), "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS));
            String token = session(nodes.node(1), "{\"x\":1}");
            Requester attacker = new Requester();
            String search = find(attacked, "$..*..*..*..*..*[?(@ == 'nowhere')]");

            Future<TestGateway.Replies> attack =
                    nodes.node(0).gateway().send(Collections.nCopies(SEARCHES, search), 8, attacker);
            HazelcastNodes.await(() -> waiting(nodes) > SEARCHES / 2);
            assertThat(nodes.node(0).run(find(token, "$.x")).get(0)).endsWith("\"keys\":[\"k\"]}}");
            assertThat(nodes.node(1).run(find(token, "$.x")).get(0)).endsWith("\"keys\":[\"k\"]}}");
            assertThat(waiting(nodes))
                    .as("searches of the attacker that still wait")
                    .isPositive();

            attacker.leave();
            HazelcastNodes.await(() -> waiting(nodes) + running(nodes) == 0);
            Await.result(attack);
        }
    }

    private static int waiting(HazelcastNodes nodes) {
        return nodes.node(0).partitions().workers().waiting()
                + nodes.node(1).partitions().workers().waiting();
    }

    private static int running(HazelcastNodes nodes) {
        return nodes.node(0).partitions().workers().running()
                + nodes.node(1).partitions().workers().running();
    }

    private static String session(HazelcastNodes.Node node, String value) throws Exception {
        String token = node.run("""
                {"SH_NEW":{"name":"s"}}""").get(0).replaceAll(".*\"tkn\":(\\d+).*", "$1");
        assertThat(node.run("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k\":" + value + "}}}")
                        .get(0))
                .startsWith("{\"KV_SET_RSP\"");
        return token;
    }

    private static String find(String token, String path) {
        return "{\"KV_FIND\":{\"tkn\":" + token + ",\"rsp\":\"keys\",\"path\":\"" + path + "\"}}";
    }
}
