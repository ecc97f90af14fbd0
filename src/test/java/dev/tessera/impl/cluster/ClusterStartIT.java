package dev.tessera.impl.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.cluster.ClusterApplication;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.ServerProcess;
import io.vertx.core.VertxOptions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The lines by which members of a cluster tell what they do at their start. */
@Tag(Layer.PROCESS)
class ClusterStartIT {

    @Test
    void shouldTellWhatAStartingNodeDoes() throws Exception {
        int[] ports = FreePort.find(2);
        try (ServerProcess gateway = node(ports[0], ports[1])
                .env("TESSERA_CLUSTER_GATEWAY_ONLY", "true")
                .start()) {
            gateway.awaitOutput("Looking for other nodes of the cluster tessera at 127.0.0.1:" + ports[1] + "$");
            gateway.awaitOutput("Found no other node$");
            gateway.awaitOutput("Waiting for a node that holds partitions, .*cluster.gatewayOnly.*: start one");
            gateway.awaitOutput("Waiting for a node .* \\(for [0-9]+ s\\)$");

            try (ServerProcess node = node(ports[1], ports[0]).start()) {
                node.awaitOutput("Found other nodes: 127.0.0.1:" + ports[0] + "$");
                node.awaitReady();
                gateway.awaitReady();
                gateway.awaitOutput("Joined the cluster tessera as 127.0.0.1:" + ports[0] + "$");
            }
        }
    }

    @Test
    @ExpectLog(logger = "io.vertx.core.impl.VertxImpl", level = Level.ERROR, message = "", required = false)
    @ExpectLog(logger = "io.vertx.core.impl.VertxBuilder", level = Level.ERROR, message = "", required = false)
    void shouldTellAnApplicationThatThereIsNoNode() throws Exception {
        int[] ports = FreePort.find(2);
        Configuration configuration = Configuration.defaults()
                .with(Settings.CLUSTER_ENABLED, true)
                .with(Settings.CLUSTER_PORT, ports[0])
                .with(Settings.CLUSTER_MEMBERS, List.of("127.0.0.1:" + ports[1]));

        Throwable failure = Await.failure(ClusterApplication.startVertx(configuration, new VertxOptions()));

        assertThat(failure)
                .hasMessageStartingWith(
                        "cannot join the cluster tessera: found no node that holds partitions at 127.0.0.1:" + ports[1]
                                + "; start a node first");
    }

    private static ServerCommand node(int port, int other) {
        return ServerProcess.command("--cluster", "--cluster-port", Integer.toString(port))
                .env("TESSERA_CLUSTER_MEMBERS", "127.0.0.1:" + other);
    }
}
