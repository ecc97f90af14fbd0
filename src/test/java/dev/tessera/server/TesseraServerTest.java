package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.config.Configuration;
import dev.tessera.config.ConfigurationException;
import dev.tessera.config.ConfigurationLoader;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.junit5.VertxExtension;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class TesseraServerTest {

    private final Configuration configuration = Configuration.defaults()
            .with(Settings.PORT, 0)
            .with(Settings.MANAGEMENT_PORT, 0)
            .with(Settings.DRAIN_TIMEOUT, Duration.ofSeconds(1));

    @Test
    void shouldBeReadyOnceStarted(Vertx vertx) throws Exception {
        TesseraServer server = Await.result(TesseraServer.start(vertx, configuration));

        assertThat(Http.get(server.managementPort(), "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    @ExpectLog(from = TesseraServer.class, message = "^TESSERA_LIMITS_MAX_PAYLOAD is an old name; use ")
    void shouldWarnOfOldNamesOfSettings(Vertx vertx) throws Exception {
        Await.result(TesseraServer.start(vertx, withOldName()));
    }

    @Test
    @ExpectLog(from = TesseraServer.class, message = "^TESSERA_LIMITS_MAX_PAYLOAD is an old name; use ")
    void shouldWarnOfOldNamesOfTheSettingsOfANode() throws Exception {
        TesseraNode node = TesseraNode.of(withOldName(), new VertxOptions(), StartOptions.DEFAULT);

        node.start();
        node.stop();
    }

    @Test
    void shouldServeOneFreePortFromAllItsEventLoops(Vertx vertx) throws Exception {
        TesseraServer server = Await.result(TesseraServer.start(vertx, configuration.with(Settings.EVENT_LOOPS, 3)));

        assertThat(server.port()).isBetween(1, 65_535).isNotEqualTo(server.managementPort());
        assertThat(Http.get(server.port(), "/").statusCode()).isEqualTo(426);
    }

    @Test
    void shouldTellPlainHttpToUpgrade(Vertx vertx) throws Exception {
        TesseraServer server = Await.result(TesseraServer.start(vertx, configuration));

        assertThat(Http.get(server.port(), "/").headers().firstValue("Upgrade")).contains("websocket");
    }

    @Test
    void shouldRefuseASecondServerInOneVertxAndLeaveTheFirstAlone(Vertx vertx) throws Exception {
        TesseraServer first = Await.result(TesseraServer.start(vertx, configuration));
        try (TextSocket socket = TextSocket.connect(first.port())) {
            String token = socket.newSession();

            Throwable failure = Await.failure(TesseraServer.start(vertx, configuration));

            assertThat(failure)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("runs a Tessera server already");
            for (int i = 0; i < 10; i++) {
                assertThat(socket.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"a\":" + i + "}}}"))
                        .contains("\"a\":2");
                socket.newSession();
            }
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"totalSessions\":11,\"totalKeys\":1");
        }

        Await.result(first.drain());
        assertThat(Await.result(TesseraServer.start(vertx, configuration)).port())
                .isPositive();
    }

    @Test
    void shouldLetTheVertxGoAfterAFailedStart(Vertx vertx) throws Exception {
        Await.failure(TesseraServer.start(vertx, configuration.with(Settings.HOST, "no-such-host.invalid")));

        assertThat(Await.result(TesseraServer.start(vertx, configuration)).port())
                .isPositive();
    }

    @Test
    void shouldStartOneServerIfAVerticleIsDeployedWithSeveralInstances(Vertx vertx) throws Exception {
        List<Future<TesseraServer>> starts = new CopyOnWriteArrayList<>();

        Await.failure(vertx.deployVerticle(
                () -> new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        Future<TesseraServer> start = TesseraServer.start(vertx, configuration);
                        starts.add(start);
                        return start;
                    }
                },
                new DeploymentOptions().setInstances(3)));

        Await.result(Future.join(starts).transform(done -> Future.succeededFuture()));
        assertThat(starts).hasSize(3).filteredOn(Future::succeeded).hasSize(1);
        // Vert.x undeploys the instance that had started a server, so that another server may start.
        Await.until(() -> vertx.deploymentIDs().isEmpty());
        assertThat(Await.result(TesseraServer.start(vertx, configuration)).port())
                .isPositive();
    }

    @Test
    void shouldNameTheArgumentThatIsNull(Vertx vertx) {
        assertThatThrownBy(() -> TesseraServer.start(null, configuration)).hasMessage("no null Vertx accepted");
        assertThatThrownBy(() -> TesseraServer.start(vertx, null)).hasMessage("no null configuration accepted");
        assertThatThrownBy(() -> configuration.with(Settings.PORT, null)).hasMessage("no null value accepted");
        assertThatThrownBy(() -> TesseraNode.of(configuration, null, StartOptions.DEFAULT))
                .hasMessage("no null options accepted");
    }

    @Test
    void shouldListenNoMoreOnceDrained(Vertx vertx) throws Exception {
        TesseraServer server = Await.result(TesseraServer.start(vertx, configuration));
        int port = server.port();
        int managementPort = server.managementPort();

        Await.result(server.drain());

        assertThatThrownBy(() -> Http.get(port, "/")).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> Http.get(managementPort, "/livez")).isInstanceOf(ConnectException.class);
    }

    @Test
    void shouldDrainOnlyOnce(Vertx vertx) throws Exception {
        TesseraServer server = Await.result(TesseraServer.start(vertx, configuration));

        Await.result(server.drain());

        assertThat(server.drain()).isSameAs(server.drain());
        Await.result(server.drain());
    }

    @Test
    void shouldStartAgainOnThePortThatItHad(Vertx vertx) throws Exception {
        TesseraServer first = Await.result(TesseraServer.start(vertx, configuration));
        int port = first.port();
        Await.result(first.drain());

        TesseraServer second = Await.result(TesseraServer.start(vertx, configuration.with(Settings.PORT, port)));

        assertThat(second.port()).isEqualTo(port);
    }

    @Test
    void shouldSayWhichPortIsInUseAndLeaveNothingRunning(Vertx vertx) throws Exception {
        int managementPort = FreePort.find();
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable failure = Await.failure(TesseraServer.start(
                    vertx,
                    configuration
                            .with(Settings.PORT, holder.getLocalPort())
                            .with(Settings.MANAGEMENT_PORT, managementPort)));

            assertThat(failure)
                    .isInstanceOf(ListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + holder.getLocalPort()
                            + ": the port is in use; stop the process that holds it, or set port "
                            + "(TESSERA_PORT) to another");
            assertThatThrownBy(() -> Http.get(managementPort, "/livez")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldSayThatTheManagementPortIsInUse(Vertx vertx) throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable failure = Await.failure(
                    TesseraServer.start(vertx, configuration.with(Settings.MANAGEMENT_PORT, holder.getLocalPort())));

            assertThat(failure)
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("or set management.port (TESSERA_MANAGEMENT_PORT) to another");
        }
    }

    @Test
    void shouldSayThatTheHostIsUnknown(Vertx vertx) throws Exception {
        Throwable failure =
                Await.failure(TesseraServer.start(vertx, configuration.with(Settings.HOST, "no-such-host.invalid")));

        assertThat(failure).isInstanceOf(ListenException.class).hasMessageContaining("the host is unknown");
    }

    @Test
    void shouldSayThatTheAddressIsNotOfThisMachine(Vertx vertx) throws Exception {
        // 192.0.2.0/24 is reserved for documentation (RFC 5737), so no machine has such an address.
        Throwable failure = Await.failure(TesseraServer.start(vertx, configuration.with(Settings.HOST, "192.0.2.1")));

        assertThat(failure)
                .isInstanceOf(ListenException.class)
                .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ")
                .hasMessageContaining("set host (TESSERA_HOST)");
    }

    @Test
    void shouldRefuseSettingsThatContradictEachOther(Vertx vertx) throws Exception {
        Throwable failure =
                Await.failure(TesseraServer.start(vertx, configuration.with(Settings.MAX_REPLY_BYTES, 65_536)));

        assertThat(failure).isInstanceOf(ConfigurationException.class);
    }

    private static Configuration withOldName() {
        return new ConfigurationLoader()
                .environment(Map.of("TESSERA_LIMITS_MAX_PAYLOAD", "2048"))
                .load()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0);
    }
}
