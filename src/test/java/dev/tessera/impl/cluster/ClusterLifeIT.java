package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MarkdownBlocks;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TestCluster;
import dev.tessera.testing.TextSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of nodes that run the real jar, each in its own JVM: they join, are refused, and leave. */
@Tag(Layer.CLUSTER)
class ClusterLifeIT {

    private static final int PARTITIONS = 31;
    private static final int EXIT_CODE_TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldShareOutPartitionsAndHandThemOverOnSigterm() throws Exception {
        try (TestCluster cluster = new TestCluster(3).startAll()) {
            for (int number = 0; number < 3; number++) {
                JsonNode state = cluster.awaitMembers(number, 3);
                assertThat(state.get("node").textValue()).isEqualTo("n" + number);
                assertThat(state.get("members").findValuesAsText("name")).containsExactlyInAnyOrder("n0", "n1", "n2");
                assertThat(state.get("members").findValues("owned"))
                        .allSatisfy(
                                owned -> assertThat(owned.intValue()).isBetween(PARTITIONS / 3, PARTITIONS / 3 + 1));
                assertThat(TestCluster.sum(state, "backup")).isEqualTo(PARTITIONS);
                cluster.node(number)
                        .awaitOutput("Cluster test-\\d+: 3 nodes \\(.*n" + number + " has (" + PARTITIONS / 3 + "|"
                                + (PARTITIONS / 3 + 1) + ") partitions and \\d+ copies.*safe$");
            }

            ServerProcess leaving = cluster.node(1).terminate();

            assertThat(leaving.awaitExit()).isEqualTo(EXIT_CODE_TERMINATED);
            assertThat(leaving.output()).last().asString().endsWith("Stopped");
            assertThat(leaving.errors()).isEmpty();
            assertThat(cluster.awaitMembers(0, 2).get("members").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("n0", "n2");
            assertThat(TestCluster.sum(cluster.awaitMembers(2, 2), "backup")).isEqualTo(PARTITIONS);
            assertThat(cluster.node(0).output()).noneMatch(line -> line.contains("ERROR") || line.contains("is lost"));
        }
    }

    @Test
    void shouldNotWarnOfModulesNorCallHome() throws Exception {
        try (TestCluster cluster = new TestCluster(1).startAll()) {
            cluster.node(0).terminate().awaitExit();

            assertThat(cluster.node(0).errors()).isEmpty();
            assertThat(cluster.node(0).output())
                    .noneMatch(line -> line.contains(" WARN ") || line.contains("com.hazelcast"));
        }
    }

    @Test
    void shouldSayItIsUnreadyAndAnswerUnavailableBelowTheMinimum() throws Exception {
        try (TestCluster cluster = new TestCluster(2)) {
            ServerProcess first = cluster.start(0, "--cluster-min-members", "2");

            assertThat(Http.get(first.managementPort(), "/readyz").body()).isEqualTo("""
                            {"status":"unready","reason":"below minimum"}""");
            assertThat(Http.get(first.managementPort(), "/livez").statusCode()).isEqualTo(200);
            first.awaitOutput("fewer than cluster.minMembers=2, so commands are refused");
            try (TextSocket socket = TextSocket.connect(first.port())) {
                assertThat(socket.ask("""
                        {"SH_NEW":{"name":"n"}}""")).startsWith("""
                        {"SH_NEW_RSP":{"st":200,""");

                cluster.start(1, "--cluster-min-members", "2");
                cluster.awaitWhole();

                assertThat(Http.get(first.managementPort(), "/readyz").statusCode())
                        .isEqualTo(200);
                assertThat(socket.ask("""
                        {"SH_NEW":{"name":"n"}}""")).startsWith("""
                        {"SH_NEW_RSP":{"st":1,""");
            }
        }
    }

    @Test
    void shouldServeClientsWithoutPartitions() throws Exception {
        try (TestCluster cluster = new TestCluster(2)) {
            cluster.start(0);
            cluster.put(1, cluster.command(1, "--cluster-host", "0.0.0.0").env("TESSERA_CLUSTER_GATEWAY_ONLY", "true"))
                    .awaitReady();

            JsonNode members = cluster.state(1).get("members");
            assertThat(members.get(0).get("owned").intValue()).isEqualTo(PARTITIONS);
            assertThat(members.get(1).get("owned").intValue()).isZero();
            assertThat(members.get(1).get("partitions").booleanValue()).isFalse();
            try (TextSocket gateway = TextSocket.connect(cluster.node(1).port());
                    TextSocket holder = TextSocket.connect(cluster.node(0).port())) {
                assertThat(gateway.ask("""
                        {"SH_NEW":{"name":"n","shared":true}}""")).startsWith("""
                                {"SH_NEW_RSP":{"st":1,""");
                assertThat(holder.ask("""
                        {"SH_OPEN":{"name":"n"}}""")).startsWith("""
                        {"SH_OPEN_RSP":{"st":1,""");
            }
        }
    }

    @Test
    void shouldShowIpv6AddressesInTheFormThatTheSettingTakes() throws Exception {
        assumeTrue(hasIpv6(), "this machine has no IPv6 loopback");
        try (TestCluster cluster = new TestCluster(2)) {
            String address = "[::1]:" + cluster.clusterPort(0);
            cluster.put(0, onIpv6(cluster, 0, address)).awaitReady();

            JsonNode first = cluster.state(0);
            assertThat(first.get("node").textValue()).isEqualTo(address);
            assertThat(first.get("members").findValuesAsText("address")).containsExactly(address);

            cluster.put(1, onIpv6(cluster, 1, address)).awaitReady();
            assertThat(cluster.awaitMembers(1, 2).get("members").findValuesAsText("address"))
                    .containsExactly(address, "[::1]:" + cluster.clusterPort(1));
        }
    }

    private static ServerCommand onIpv6(TestCluster cluster, int number, String members) {
        return ServerProcess.command(
                        "--cluster",
                        "--cluster-host",
                        "::1",
                        "--cluster-port",
                        Integer.toString(cluster.clusterPort(number)),
                        "--cluster-members",
                        members)
                .env("TESSERA_CLUSTER_NAME", cluster.name());
    }

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getAllByName("::1")[0])) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldRefuseANodeWithOtherTerms() throws Exception {
        try (TestCluster cluster = new TestCluster(2)) {
            cluster.start(0);

            assertRefused(
                    cluster.command(1).env("TESSERA_SESSIONS_SECRET", "another secret of 1"),
                    "cannot join: the secret of shared sessions here is not that of the cluster");
            assertRefused(
                    cluster.command(1).env("TESSERA_SESSIONS_ENABLED", "false"),
                    "cannot join: sessions.enabled is false here, and not on the other nodes");
            assertRefused(
                    cluster.command(1).env("TESSERA_EVENTS_ENABLED", "true"),
                    "cannot join: events.enabled is true here, and not on the other nodes");
            assertRefused(cluster.command(1).env("TESSERA_CLUSTER_PARTITIONS", "61"), "cluster.partitions");
            // The node waits for twice this time, because the other one could be its own predecessor. With a shorter
            // time it would take the other node for dead if the machine pauses for a second.
            assertRefused(
                    cluster.command(1).env("TESSERA_CLUSTER_NODE_NAME", "n0").env("TESSERA_CLUSTER_TIMEOUT_MS", "2500"),
                    "cannot join: another node is called n0");
            assertRefused(cluster.command(0).env("TESSERA_CLUSTER_NODE_NAME", "n1"), "cluster.port must be free here");
            assertThat(cluster.state(0).get("members").size()).isEqualTo(1);
            assertThat(TestCluster.sum(cluster.state(0), "owned")).isEqualTo(PARTITIONS);
        }
    }

    private static void assertRefused(ServerCommand command, String problem) throws Exception {
        try (ServerProcess refused = command.start()) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.errors())
                    .singleElement()
                    .asString()
                    .startsWith("tessera: ")
                    .contains(problem);
        }
    }

    @Test
    void shouldKeepTheSecretOfTheClusterInTheDataDirectory() throws Exception {
        try (TestCluster cluster = new TestCluster(2)) {
            cluster.start(0, "--data-dir", directory.resolve("n0").toString());
            cluster.start(1, "--data-dir", directory.resolve("n1").toString());
        }

        assertThat(directory.resolve("n1/secret")).hasSameTextualContentAs(directory.resolve("n0/secret"));
    }

    @Test
    void shouldStartThreeNodesWithTheCommandsOfTheFirstPage() throws Exception {
        String commands = MarkdownBlocks.read(Path.of("README.md")).stream()
                .filter(block -> block.kind().equals("sh three nodes"))
                .findFirst()
                .orElseThrow()
                .text()
                .replace("target/tessera.jar", ServerProcess.jar().toString());
        List<String> ports = Pattern.compile("\\b[0-9]{4}\\b")
                .matcher(commands + " 1987 1988")
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        int[] free = FreePort.find(ports.size());
        Map<String, String> instead = new HashMap<>();
        for (int i = 0; i < free.length; i++) {
            instead.put(ports.get(i), Integer.toString(free[i]));
            commands = commands.replaceAll("\\b" + ports.get(i) + "\\b", Integer.toString(free[i]));
        }
        List<ServerProcess> nodes = new ArrayList<>();
        try {
            for (String command : commands.lines().toList()) {
                // The defaults would collide with other tests; use free ports instead.
                nodes.add(ServerProcess.command()
                        .env("TESSERA_PORT", instead.get("1987"))
                        .env("TESSERA_MANAGEMENT_PORT", instead.get("1988"))
                        .env("TESSERA_CLUSTER_PORT", instead.get("5701"))
                        .startShell("exec " + command));
            }

            assertThat(nodes).hasSize(3);
            for (ServerProcess node : nodes) {
                node.awaitOutput("Cluster tessera: 3 nodes .* 0 migrations to come, safe$");
            }
        } finally {
            nodes.forEach(ServerProcess::close);
        }
    }

    @Test
    void shouldNotLoadTheClusterWhereItRunsAlone() throws Exception {
        Path classes = directory.resolve("classes");
        try (ServerProcess alone = ServerProcess.command()
                        .jvm("-Xlog:class+load:file=" + classes)
                        .start()
                        .awaitReady();
                TextSocket socket = TextSocket.connect(alone.port())) {
            socket.ask("""
                    {"SH_NEW":{"name":"n"}}""");
            alone.terminate().awaitExit();
        }

        assertThat(Files.readString(classes))
                .contains("dev.tessera.")
                .doesNotContain("com.hazelcast", "io.vertx.spi.cluster.hazelcast");
    }
}
