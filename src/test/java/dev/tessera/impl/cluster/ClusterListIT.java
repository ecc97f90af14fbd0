package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists over the nodes of a cluster, one of which is killed between two pages. */
@Tag(Layer.CLUSTER)
class ClusterListIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS = 20_000;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldListEachKeyOnceWhileANodeIsLost(boolean sessions) throws Exception {
        try (TestCluster cluster = new TestCluster(3)) {
            for (int number = 0; number < 3; number++) {
                cluster.put(
                        number, cluster.command(number).env("TESSERA_SESSIONS_ENABLED", Boolean.toString(sessions)));
            }
            cluster.awaitWhole();
            String tkn;
            JsonNode page;
            List<String> listed = new ArrayList<>();
            try (TextSocket socket = TextSocket.connect(cluster.node(2).port())) {
                tkn = sessions ? "\"tkn\":" + socket.newSession() + "," : "";
                socket.ask("{\"KV_SET\":{" + tkn + "\"keys\":{"
                        + IntStream.range(0, KEYS)
                                .mapToObj(key -> "\"k" + key + "\":1")
                                .collect(Collectors.joining(","))
                        + "}}}");
                page = page(socket, tkn, null, listed);
            }
            try (TextSocket socket = TextSocket.connect(cluster.node(0).port())) {
                page = page(socket, tkn, page, listed);
            }
            cluster.node(2).kill();
            cluster.awaitMembers(0, 2);
            for (int number = 1; page.has("next"); number = 1 - number) {
                try (TextSocket socket = TextSocket.connect(cluster.node(number).port())) {
                    page = page(socket, tkn, page, listed);
                }
            }

            assertThat(new HashSet<>(listed))
                    .isEqualTo(
                            IntStream.range(0, KEYS).mapToObj(key -> "k" + key).collect(Collectors.toSet()));
            assertThat(listed).hasSize(KEYS);
        }
    }

    /** Takes a page, and sends the request again while the cluster looks for an owner. */
    private static JsonNode page(TextSocket socket, String tkn, JsonNode before, List<String> listed) throws Exception {
        String after =
                before == null ? "" : ",\"after\":\"" + before.get("next").textValue() + "\"";
        JsonNode page;
        int attempts = 0;
        do {
            assertThat(attempts++).isLessThan(20);
            page = JSON.readTree(socket.ask("{\"KV_LIST\":{" + tkn + "\"limit\":1500" + after + "}}"))
                    .get("KV_LIST_RSP");
        } while (page.get("st").intValue() == 200);
        assertThat(page.get("st").intValue()).as(page.toString()).isEqualTo(1);
        page.get("keys").forEach(key -> listed.add(key.textValue()));
        return page;
    }
}
