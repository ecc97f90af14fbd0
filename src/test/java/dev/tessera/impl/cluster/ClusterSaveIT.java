package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves a cluster from one node, and loads the save into the cluster from another and into a server that runs alone.
 */
@Tag(Layer.CLUSTER)
class ClusterSaveIT {

    private static final int SESSIONS = 300;

    @TempDir
    Path directory;

    @Test
    void shouldLoadASaveIntoAnyTopology() throws Exception {
        try (TestCluster cluster = new TestCluster(2)) {
            for (int number = 0; number < 2; number++) {
                cluster.put(number, saving(cluster.command(number)));
            }
            cluster.awaitWhole();
            try (TextSocket first = TextSocket.connect(cluster.node(0).port());
                    TextSocket second = TextSocket.connect(cluster.node(1).port())) {
                List<String> tokens = fill(first);

                save(first, "ofcluster");
                assertThat(second.ask("{\"SH_END_ALL\":{}}")).contains("\"cnt\":" + SESSIONS);
                assertThat(second.ask("""
                        {"SH_LOAD":{"name":"ofcluster"}}""")).contains("\"st\":141,", "\"sessions\":" + SESSIONS);
                requireAll(first, tokens);
                requireAll(second, tokens);

                try (ServerProcess alone = saving(ServerProcess.command("--load-name", "ofcluster"))
                                .start()
                                .awaitReady();
                        TextSocket socket = TextSocket.connect(alone.port())) {
                    requireAll(socket, tokens);
                    save(socket, "ofone");
                }
                assertThat(first.ask("{\"SH_END_ALL\":{}}")).contains("\"cnt\":" + SESSIONS);
                assertThat(first.ask("""
                        {"SH_LOAD":{"name":"ofone"}}""")).contains("\"st\":141,");
                requireAll(second, tokens);
            }
        }
    }

    private ServerCommand saving(ServerCommand command) {
        return command.env("TESSERA_SAVE_ENABLED", "true")
                .env("TESSERA_SAVE_PATH", directory.toString())
                .env("TESSERA_LOAD_PATH", directory.toString());
    }

    private static List<String> fill(TextSocket socket) throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            String token = socket.ask("""
                    {"SH_NEW":{"name":"s%s"}}""".formatted(i)).replaceAll(".*\"tkn\":(\\d+).*", "$1");
            tokens.add(token);
            assertThat(socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"n":%s.50,"text":"t%s"}}}""".formatted(token, i, i))).contains("""
                            "n":20,"text":20""");
        }
        return tokens;
    }

    private static void save(TextSocket socket, String name) throws Exception {
        assertThat(socket.ask("""
                {"SH_SAVE":{"name":"%s"}}""".formatted(name))).contains("\"st\":120,");
        assertThat(socket.receive()).contains("\"st\":121,");
    }

    private static void requireAll(TextSocket socket, List<String> tokens) throws Exception {
        assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                        {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":%s,"totalKeys":%s}}""".formatted(tokens.size(), 2 * tokens.size()));
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["n","text"]}}""".formatted(tokens.get(i)))).isEqualTo("""
                            {"KV_GET_RSP":{"tkn":%s,"keys":{"n":%s.50,"text":"t%s"}}}""".formatted(tokens.get(i), i, i));
        }
    }
}
