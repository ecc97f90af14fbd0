package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraClientOptions;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.eventbus.CommandAddressVerticle;
import dev.tessera.testing.Await;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics of commands on {@code GET /metrics}, for every transport. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@Timeout(60)
class CommandMetricsTest {

    private static final String NEW = """
            {"SH_NEW":{"name":"a"}}""";

    private Vertx vertx;
    private TestServer server;
    private TextSocket socket;
    private String token;

    @BeforeEach
    void start(Vertx startedVertx) throws Exception {
        vertx = startedVertx;
        server = TestServer.start(vertx);
        socket = server.connect();
        token = token(socket.ask(NEW));
    }

    @AfterEach
    void stop() {
        socket.close();
        server.close();
    }

    @Test
    void shouldCountABatchAsOneCommandWhateverItsFaultEndsWith() throws Exception {
        socket.ask(command("KV_BATCH", """
                "cmds":[{"KV_SET":{"keys":{"a":[]}}},{"KV_INCR":{"keys":{"a":1}}}]"""));
        socket.ask(command("KV_BATCH", """
                "cmds":[{"KV_COUNT":{}},{"KV_COUNT":{}}]"""));

        MetricsPage page = page();
        assertThat(page.faults("KV_BATCH", 27)).isEqualTo(1);
        assertThat(page.faults()).isEqualTo(1);
    }

    @Test
    void shouldCountAFaultWhateverMembersFollowItsMessage() throws Exception {
        socket.ask(command("KV_SET", """
                "keys":{"k":{"a":1}}"""));
        socket.ask(command("KV_SET", """
                "keys":{"k":2},"if":{"k":1}"""));
        socket.ask(command("KV_SET", """
                "keys":{"k":2},"if":{"other":1},"rid":"x"
                """));
        socket.ask(command("KV_BATCH", """
                "cmds":[{"KV_COUNT":{}}],"if":{"k":1}"""));
        socket.ask(command("KV_PATCH", """
                "key":"k","ops":[{"op":"test","path":"/a","value":2}]"""));
        socket.ask(command("KV_PATCH", """
                "key":"k","ops":[{"op":"remove","path":"/b"}],"rid":{}"""));
        socket.ask(command("KV_PATCH", """
                "key":"k","ops":[{"op":"remove","path":"/b"}],"rid":7"""));
        socket.ask(command("KV_BATCH", """
                "cmds":[{"KV_PATCH":{"key":"k","ops":[{"op":"test","path":"/a","value":2}]}}],"revs":true"""));

        MetricsPage page = page();
        assertThat(page.faults("KV_SET", 206)).isEqualTo(2);
        assertThat(page.faults("KV_BATCH", 206)).isEqualTo(2);
        assertThat(page.faults("KV_PATCH", 206)).isEqualTo(1);
        assertThat(page.faults("KV_PATCH", 41)).isEqualTo(1);
        assertThat(page.faults("KV_PATCH", 5)).isEqualTo(1);
        assertThat(page.faults()).isEqualTo(7);
    }

    /** Such values look like the end of a fault. */
    @Test
    void shouldCountNoSuccessAsAFault() throws Exception {
        socket.ask(command("KV_SET", """
                "keys":{"k":{"m":"x"},"st":206},"revs":true"""));
        socket.ask(command("KV_GET", """
                "keys":["st","k"],"revs":true"""));
        socket.ask(command("KV_GET", """
                "keys":["k","st"]"""));
        socket.ask(command("KV_COUNT", """
                "rid":"st"
                """));

        assertThat(page().faults()).isZero();
    }

    @Test
    void shouldCountCommandsByName() throws Exception {
        socket.ask(command("KV_SET", """
                "keys":{"k":1}"""));
        socket.ask(command("KV_GET", """
                "keys":["k"]"""));
        socket.ask(command("KV_GET", """
                "keys":["none"]"""));

        MetricsPage page = page();
        assertThat(page.commands("SH_NEW")).isEqualTo(1);
        assertThat(page.commands("KV_SET")).isEqualTo(1);
        assertThat(page.commands("KV_GET")).isEqualTo(2);
        assertThat(page.commands("KV_RMV")).isZero();
        assertThat(page.commands("none")).isZero();
        assertThat(page.faults()).isZero();
    }

    @Test
    void shouldCountFaultsByCommandAndStatus() throws Exception {
        socket.ask("""
                {"KV_COUNT":{"tkn":7}}""");
        socket.ask("{\"KV_COUNT\":{}}");
        socket.ask(command("KV_SET", "\"keys\":{}"));
        socket.ask("""
                {"SH_OPEN":{"name":"nobody"}}""");
        socket.ask("{\"NO_SUCH\":{}}");
        socket.ask("{\"KV_SET\":");
        socket.sendBinary(new byte[1]);
        socket.receive();

        MetricsPage page = page();
        assertThat(page.faults("KV_COUNT", 100)).isEqualTo(1);
        assertThat(page.faults("KV_COUNT", 101)).isEqualTo(1);
        assertThat(page.faults("KV_SET", 42)).isEqualTo(1);
        assertThat(page.faults("SH_OPEN", 102)).isEqualTo(1);
        assertThat(page.faults("none", 10)).isEqualTo(1);
        assertThat(page.faults("none", 3)).isEqualTo(1);
        assertThat(page.faults("none", 2)).isEqualTo(1);
        assertThat(page.faults()).isEqualTo(7);
        assertThat(page.commands("KV_COUNT")).isEqualTo(2);
        assertThat(page.commands("KV_SET")).isEqualTo(1);
        assertThat(page.commands("none")).isEqualTo(3);
    }

    @Test
    void shouldTakeNoStoredValueForAFault() throws Exception {
        socket.ask(command("KV_SET", """
                "keys":{"st":"100","m":"x"}"""));
        socket.ask(command("KV_GET", """
                "keys":["st","m"]"""));
        socket.ask(command("KV_RMV", """
                "keys":["st","m"]"""));
        socket.ask(command("KV_UPDATE", "\"key\":\"none\",\"path\":\"$\",\"value\":1"));

        assertThat(page().faults()).isZero();
    }

    @Test
    void shouldCountFaultsWithoutSessions(Vertx vertx) throws Exception {
        stop();
        server = TestServer.start(
                vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 2).with(Settings.SESSIONS_ENABLED, false));
        socket = server.connect();
        socket.ask("""
                {"KV_SET":{"keys":{"st":1,"a":2,"b":3}}}""");
        assertThat(socket.ask("""
                {"KV_RMV":{"keys":["st"]}}""")).isEqualTo("""
                {"KV_RMV_RSP":{"st":24}}""");
        assertThat(socket.ask("""
                {"KV_RMV":{"keys":["st","a"]}}""")).startsWith("""
                {"KV_RMV_RSP":{"st":22,""");
        assertThat(page().faults()).isZero();

        socket.ask(NEW);

        assertThat(page().faults("SH_NEW", 14)).isEqualTo(1);
        assertThat(page().commands("KV_RMV")).isEqualTo(2);
    }

    @Test
    void shouldCountACommandOnAllStoresOnce() throws Exception {
        socket.ask("{\"SH_INFO_ALL\":{}}");
        socket.ask("""
                {"SH_EXISTS":{"tkns":[1,2,3,4,5,6,7,8]}}""");

        assertThat(page().commands("SH_INFO_ALL")).isEqualTo(1);
        assertThat(page().commands("SH_EXISTS")).isEqualTo(1);
        assertThat(page().faults()).isZero();
    }

    @Test
    void shouldCountCommandsOverHttp() throws Exception {
        post("[" + command("KV_SET", """
                "keys":{"k":1}""") + "," + command("KV_SET", "\"keys\":{}") + "]");
        Http.get(server.port(), "/v1/sessions/7");
        Http.get(server.port(), "/v1/sessions/" + token + "/keys/none");

        MetricsPage page = page();
        assertThat(page.commands("KV_SET")).isEqualTo(2);
        assertThat(page.faults("KV_SET", 42)).isEqualTo(1);
        assertThat(page.commands("SH_INFO")).isEqualTo(1);
        assertThat(page.faults("SH_INFO", 100)).isEqualTo(1);
        assertThat(page.commands("KV_GET")).isEqualTo(1);
        assertThat(page.faults()).isEqualTo(2);
    }

    @Test
    void shouldCountCommandsOverTheEventBus() throws Exception {
        Await.result(vertx.eventBus().request(CommandAddressVerticle.ADDRESS, command("KV_SET", """
                "keys":{"k":1}""")));
        Await.result(vertx.eventBus().request(CommandAddressVerticle.ADDRESS, """
                {"KV_COUNT":{"tkn":7}}"""));
        Await.result(vertx.eventBus().request(CommandAddressVerticle.ADDRESS, "{\"KV_COUNT\":{}}"));

        MetricsPage page = page();
        assertThat(page.commands("KV_SET")).isEqualTo(1);
        assertThat(page.commands("KV_COUNT")).isEqualTo(2);
        assertThat(page.faults("KV_COUNT", 100)).isEqualTo(1);
        assertThat(page.faults("KV_COUNT", 101)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheCountsOfAClosedClient() throws Exception {
        TesseraClient client = TesseraClient.create(vertx, new TesseraClientOptions());
        Await.result(client.info());
        assertThat(page().commands("SH_INFO_ALL")).isEqualTo(1);

        Await.result(client.close());

        assertThat(page().commands("SH_INFO_ALL")).isEqualTo(1);
    }

    @Test
    void shouldCountTheBytesOfMessagesAndAnswers() throws Exception {
        MetricsPage before = page();
        String message = command("KV_SET", """
                "keys":{"k":1}""");

        String answer = socket.ask(message) + socket.ask("{}") + socket.ask("{\"SH_INFO_ALL\":{}}");

        MetricsPage page = page();
        assertThat(page.value("tessera_received_bytes_total") - before.value("tessera_received_bytes_total"))
                .isEqualTo(message.length() + "{}".length() + "{\"SH_INFO_ALL\":{}}".length());
        assertThat(page.value("tessera_sent_bytes_total") - before.value("tessera_sent_bytes_total"))
                .isEqualTo(answer.length());
    }

    @Test
    void shouldTellHowManySessionsAndKeysThereAre() throws Exception {
        socket.ask(NEW);
        socket.ask(command("KV_SET", """
                "keys":{"a":1,"b":2,"c":3}"""));

        MetricsPage page = page();
        // Each store sweeps on its own timer, and the sessions may be in one store or in two.
        while (page.value("tessera_sessions") + page.value("tessera_keys") < 2 + 3) {
            page = page();
        }
        assertThat(page.value("tessera_sessions")).isEqualTo(2);
        assertThat(page.value("tessera_keys")).isEqualTo(3);
    }

    @Test
    void shouldCountConnections() throws Exception {
        try (TextSocket second = server.connect()) {
            second.ask(NEW);
            assertThat(page().value("tessera_connections")).isEqualTo(2);
        }

        assertThat(page().value("tessera_connections_opened_total")).isEqualTo(2);
        assertThat(page().value("tessera_connections_dropped_total{reason=\"idle\"}"))
                .isZero();
    }

    private MetricsPage page() throws Exception {
        return MetricsPage.of(server.server().managementPort());
    }

    private String command(String name, String parameters) {
        return """
                {"%s":{"tkn":%s,%s}}""".formatted(name, token, parameters);
    }

    private static String token(String made) {
        return made.substring(made.indexOf("\"tkn\":") + 6, made.length() - 2);
    }

    private void post(String body) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/commands"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
