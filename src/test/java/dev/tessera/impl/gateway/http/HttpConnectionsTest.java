package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.http.RequestMessages;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.server.ServerAudit;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Layer;
import dev.tessera.testing.LiveHeap;
import dev.tessera.testing.Pace;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import dev.tessera.testing.Tool;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** The guarantees and limits of HTTP connections. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ExpectLog(logger = "io.vertx.core.http.impl.HttpClientRequestImpl", level = Level.ERROR, message = "Stream was closed")
@ExpectLog(logger = "dev.tessera.impl.gateway.HttpConnections", message = "^Refusing")
class HttpConnectionsTest {

    /** The garbage collector closes the connections of a client that nobody refers to. */
    private final List<io.vertx.core.http.HttpClient> clients = new ArrayList<>();

    private final Configuration twoLoops = Configuration.defaults().with(Settings.EVENT_LOOPS, 2);

    @Test
    void shouldAnswerPipelinedRequestsInTheirOrderAcrossStores(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawHttp raw = new RawHttp(server.port())) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tokens.add(client.newSession());
            }
            StringBuilder requests = new StringBuilder();
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String token = tokens.get(i % tokens.size());
                requests.append(RawHttp.post("""
                        {"KV_SET":{"tkn":%s,"keys":{"k%s":1}}}""".formatted(token, i)));
                answers.add("""
                        {"KV_SET_RSP":{"tkn":%s,"keys":{"k%s":20}}}""".formatted(token, i));
            }
            raw.write(requests.toString());

            for (String answer : answers) {
                assertThat(raw.read().body()).isEqualTo(answer);
            }
        }
    }

    @Test
    void shouldKeepAConnectionOpenAndCloseItIfAsked(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(RawHttp.post("[]"));
            assertThat(raw.read().body()).isEqualTo("[]");
            raw.write(RawHttp.post("[]", "Connection: close"));
            assertThat(raw.read().body()).isEqualTo("[]");
            assertThat(raw.isAtEnd()).isTrue();
        }
    }

    @Test
    void shouldDistinguishAMissingHostFromAnUnreadableUrl(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawHttp withoutHost = new RawHttp(server.port());
                RawHttp raw = new RawHttp(server.port())) {
            withoutHost.write("GET /openapi.json HTTP/1.1\r\n\r\n");
            assertThat(withoutHost.read())
                    .extracting(RawHttp.Response::status, RawHttp.Response::body)
                    .containsExactly(400, """
                                    {"ERR":{"st":13,"m":"%s"}}""".formatted(RequestMessages.NO_HOST));
            raw.write("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(raw.read())
                    .extracting(RawHttp.Response::status, RawHttp.Response::body)
                    .containsExactly(400, """
                            {"ERR":{"st":13,"m":"%s"}}""".formatted(HttpMessages.URL_NOT_UTF8));
        }
    }

    @Test
    void shouldServeJavaClientsThatOfferHttp2(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops)) {
            HttpClientOfTests client = new HttpClientOfTests(server.port(), HttpClient.Version.HTTP_2);
            String token = client.newSession();
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                responses.add(client.sendAsync(
                        "PUT", "/v1/sessions/" + token + "/keys/" + i, "\"" + "x".repeat(1000) + i + "\""));
            }

            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.get().version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                assertThat(response.get().statusCode()).isEqualTo(201);
            }
            assertThat(client.send("GET", "/v1/sessions/" + token + "/keys/7", null)
                            .body())
                    .endsWith("x7\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSend100BeforeTheResponseAlthoughTheClientOffersHttp2(boolean isBig, Vertx vertx) throws Exception {
        String json = "[" + (isBig ? " ".repeat(1_000_000) : "") + "]";
        try (TestServer server = TestServer.start(vertx, twoLoops)) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/v1/commands"))
                    .header("Content-Type", "application/json")
                    .expectContinue(true)
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();

            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @RequiresTool(Tool.CURL)
    @ValueSource(booleans = {true, false})
    void shouldServeCurlThatOffersHttp2(boolean isBig, Vertx vertx, @TempDir Path directory) throws Exception {
        Path body = Files.writeString(directory.resolve("body"), "[" + (isBig ? " ".repeat(1_000_000) : "") + "]");
        try (TestServer server = TestServer.start(vertx, twoLoops)) {
            String output = ExternalProgram.run(
                    directory,
                    Tool.CURL.path().toString(),
                    "-sS",
                    "--http2",
                    "--max-time",
                    "20",
                    "-H",
                    "Content-Type: application/json",
                    "-H",
                    "Expect: 100-continue",
                    "--data-binary",
                    "@" + body,
                    "http://127.0.0.1:" + server.port() + "/v1/commands");

            assertThat(output).isEqualTo("[]");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, HTTP_2", "true, HTTP_1_1"})
    void shouldSpeakHttp2ByPriorKnowledgeAndKeepToTheBoundOfCommandsInFlight(
            boolean upgrade, HttpVersion version, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.MAX_IN_FLIGHT, 3))) {
            io.vertx.core.http.HttpClient client = http2Client(vertx, upgrade);
            List<Future<String>> bodies = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                bodies.add(client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands")
                        .compose(request -> request.putHeader("Content-Type", "application/json")
                                .send("""
                                        [{"SH_INFO_ALL":{}},{"X":{}}]"""))
                        .compose(response -> response.body().map(body -> response.version() + " " + body)));
            }

            for (Future<String> body : bodies) {
                assertThat(Await.result(body))
                        .isEqualTo(version + " [{\"SH_INFO_ALL_RSP\":{\"st\":1,\"totalSessions\":0,\"totalKeys\":0}},"
                                + "{\"X_RSP\":{\"st\":10,\"tkn\":null,\"m\":\"" + Messages.UNKNOWN_COMMAND + "\"}}]");
            }
        }
    }

    @Test
    void shouldRefuseALargerBodyOverHttp2(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.MAX_PAYLOAD_BYTES, 2048))) {
            io.vertx.core.http.HttpClient client = http2Client(vertx);
            HttpClientResponse response = Await.result(client.request(
                            HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands")
                    .compose(request -> {
                        request.putHeader("Content-Type", "application/json").setChunked(true);
                        request.write("x".repeat(3000));
                        return request.response();
                    }));

            assertThat(response.statusCode()).isEqualTo(413);
            Await.result(client.close());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense\\r\\n\\r\\n | 400",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: x\\r\\n\\r\\n | 400",
                "GET /LONG HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n | 414",
                "GET / HTTP/1.1\\r\\nHost: x\\r\\nX: LONG\\r\\n\\r\\n | 431"
            })
    void shouldRefuseInvalidHttpInJsonAndClose(String request, int status, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(request.replace("\\r\\n", "\r\n").replace("LONG", "x".repeat(10_000)));

            RawHttp.Response response = raw.read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).startsWith("""
                    {"ERR":{"st":13,""");
            assertThat(raw.isAtEnd()).isTrue();
        }
    }

    @Test
    void shouldCountHttpConnectionsAmongTheClients(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.MAX_CONNECTIONS, 2));
                TextSocket socket = server.connect();
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(RawHttp.post("[]"));
            assertThat(raw.read().status()).isEqualTo(200);
            try (RawHttp tooMany = new RawHttp(server.port())) {
                tooMany.write(RawHttp.post("[]"));
                RawHttp.Response response = tooMany.read();
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.head()).contains("retry-after: 1", "connection: close");
                assertThat(response.body()).isEqualTo("""
                        {"ERR":{"st":200,"m":"%s"}}""".formatted(HttpMessages.TOO_MANY_CONNECTIONS));
                assertThat(tooMany.isAtEnd()).isTrue();
            }
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
            raw.write(RawHttp.post("[]", "Connection: close"));
            raw.read();
            assertThat(raw.isAtEnd()).isTrue();
            int status;
            do {
                try (RawHttp again = new RawHttp(server.port())) {
                    again.write(RawHttp.post("[]"));
                    status = again.read().status();
                }
            } while (status == 503);
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void shouldCloseAConnectionThatIsSilent(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(200)));
                RawHttp neverAsked = new RawHttp(server.port());
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(RawHttp.post("[]"));
            assertThat(raw.read().status()).isEqualTo(200);
            assertThat(raw.isAtEnd()).isTrue();
            assertThat(neverAsked.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/commands", "GET /v1/sessions/7", "PUT /nowhere"})
    void shouldCloseAConnectionWhoseBodyComesTooSlowly(String request, Vertx vertx) throws Exception {
        int bytes = 268_435_456;
        try (TestServer server = TestServer.start(
                        vertx,
                        twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(500))
                                .with(Settings.MAX_PAYLOAD_BYTES, bytes)
                                .with(Settings.MAX_REPLY_BYTES, 1_073_741_824));
                RawHttp raw = new RawHttp(server.port())) {
            raw.write(RawHttp.head(bytes).replace("POST /v1/commands", request));
            try (Pace drip = Pace.start(Duration.ofMillis(20), Integer.MAX_VALUE, i -> raw.write(" "))) {
                assertThat(drip.await()).isLessThan(1024);
            }
        }
    }

    @Test
    void shouldKeepNothingOfAClientThatLeavesAfterARefusal(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofHours(1)))) {
            for (String line : List.of("POST /nowhere", "POST /v1/sessions/%zz", "PATCH /v1/commands")) {
                for (int i = 0; i < 20; i++) {
                    try (RawHttp raw = new RawHttp(server.port())) {
                        raw.write(RawHttp.head(10).replace("POST /v1/commands", line));
                        assertThat(raw.read().status()).isBetween(400, 405);
                    }
                }
            }
            Await.until(() -> LiveHeap.count(RequestBody.class) == 0 && LiveHeap.count(HttpPeer.class) == 0);
            Await.result(ServerAudit.checkAtRest(server.server()));
        }
    }

    /** Returns a client that speaks HTTP/2 from its first byte on. */
    private io.vertx.core.http.HttpClient http2Client(Vertx vertx) {
        return http2Client(vertx, false);
    }

    private io.vertx.core.http.HttpClient http2Client(Vertx vertx, boolean upgrade) {
        io.vertx.core.http.HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(upgrade));
        clients.add(client);
        return client;
    }

    @Test
    void shouldKeepNothingOfAnHttp2StreamThatIsResetAfterARefusal(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofHours(1)))) {
            io.vertx.core.http.HttpClient client = http2Client(vertx);
            for (int i = 0; i < 20; i++) {
                HttpClientRequest request =
                        Await.result(client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/nowhere"));
                request.setChunked(true).write("x");
                assertThat(Await.result(request.response()).statusCode()).isEqualTo(404);
                request.reset();
            }
            Await.until(() -> LiveHeap.count(RequestBody.class) == 0);
            Await.result(client.close());
        }
    }

    @Test
    void shouldResetOnlyTheHttp2StreamWhoseBodyComesTooSlowly(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(500)))) {
            io.vertx.core.http.HttpClient client = http2Client(vertx);
            for (String type : List.of("application/json", "text/plain")) {
                Promise<Void> reset = Promise.promise();
                HttpClientRequest stalled =
                        Await.result(client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands"));
                HttpConnection connection = stalled.connection();
                stalled.exceptionHandler(gone -> reset.tryComplete());
                stalled.putHeader("Content-Type", type).setChunked(true).write("{");
                while (!reset.future().isComplete()) {
                    Await.result(client.request(HttpMethod.GET, server.port(), "127.0.0.1", "/nowhere")
                            .compose(request -> {
                                assertThat(request.connection()).isSameAs(connection);
                                return request.send();
                            })
                            .map(HttpClientResponse::statusCode));
                }
            }
            Await.result(client.close());
        }
    }

    @Test
    void shouldCloseAConnectionWhoseHeadDripsIn(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(300)));
                RawHttp raw = new RawHttp(server.port())) {
            raw.write("GET / HTTP/1.1\r\nX: ");
            try (Pace drip = Pace.start(Duration.ofMillis(20), 1000, i -> raw.write("x"))) {
                assertThat(drip.await()).isLessThan(1000);
            }
        }
    }

    @Test
    void shouldSendALongAnswerToASlowButSteadyReader(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofSeconds(2)));
                RawHttp raw = RawHttp.withReceiveBuffer(server.port(), 65_536)) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());
            String get = bigValue(client);
            raw.write(RawHttp.post("[" + String.join(",", Collections.nCopies(80, get)) + "]"));
            // 24 MB in 4 s: longer than the timeout, and more than the sockets hold.
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try (Pace reader = Pace.start(Duration.ofMillis(50), 80, i -> read.write(raw.take(300_000)))) {
                reader.await();
                assertThat(reader.failure()).isNull();
            }
            assertThat(read.size()).isEqualTo(80 * 300_000);
        }
    }

    @Test
    void shouldTakeASlowButSteadyBody(Vertx vertx) throws Exception {
        try (TestServer server =
                        TestServer.start(vertx, twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(500)));
                RawHttp raw = new RawHttp(server.port())) {
            int pieces = 40;
            raw.write(RawHttp.head(2 + pieces * 1024) + "[");
            try (Pace upload = Pace.start(Duration.ofMillis(50), pieces, i -> raw.write(" ".repeat(1024)))) {
                assertThat(upload.await()).isEqualTo(pieces);
            }
            raw.write("]");
            assertThat(raw.read().body()).isEqualTo("[]");
        }
    }

    @Test
    void shouldRefuseUnfinishedBodiesThatDoNotFitTogetherAndGoOn(Vertx vertx) throws Exception {
        String body = "[\"" + "x".repeat(999_996) + "\"]";
        List<RawHttp> clients = new ArrayList<>();
        try (TestServer server =
                TestServer.start(vertx, twoLoops.with(Settings.MAX_INCOMING_TOTAL_BYTES, 5_000_000L))) {
            for (int i = 0; i < 20; i++) {
                RawHttp client = new RawHttp(server.port());
                clients.add(client);
                client.write(RawHttp.head(body.length()) + body.substring(0, 600_000));
            }
            int refused = 0;
            for (RawHttp client : clients) {
                client.write(body.substring(600_000));
                RawHttp.Response response = client.read();
                assertThat(response.status()).isIn(200, 507);
                if (response.status() == 507) {
                    assertThat(response.body())
                            .isEqualTo("{\"ERR\":{\"st\":205,\"m\":\"" + Messages.NO_ROOM_FOR_MESSAGE + "\"}}");
                    refused++;
                }
                client.write(RawHttp.post("[]"));
                assertThat(client.read().body()).isEqualTo("[]");
            }
            assertThat(refused).isBetween(1, 16);
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void shouldRefuseUnfinishedBodiesOfOneHttp2Connection(Vertx vertx) throws Exception {
        int streams = 50;
        try (TestServer server =
                TestServer.start(vertx, twoLoops.with(Settings.MAX_INCOMING_TOTAL_BYTES, 5_000_000L))) {
            io.vertx.core.http.HttpClient client = http2Client(vertx);
            List<HttpClientRequest> requests = new ArrayList<>();
            List<Future<HttpClientResponse>> responses = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                HttpClientRequest request =
                        Await.result(client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands"));
                request.putHeader("Content-Type", "application/json").setChunked(true);
                requests.add(request);
                responses.add(request.response());
                Await.result(request.write("[\"" + "x".repeat(400_000)));
            }
            for (HttpClientRequest request : requests) {
                request.end("\"]");
            }
            int refused = 0;
            for (Future<HttpClientResponse> response : responses) {
                int status = Await.result(response).statusCode();
                assertThat(status).isIn(200, 507);
                refused += status == 507 ? 1 : 0;
            }
            assertThat(refused).isBetween(streams / 2, streams - 5);
            assertThat(new HttpClientOfTests(server.port()).newSession()).isNotEmpty();
            Await.result(client.close());
        }
    }

    @Test
    void shouldLeaveASilentWebSocketAlone(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(
                        vertx,
                        twoLoops.with(Settings.HTTP_IDLE_TIMEOUT, Duration.ofMillis(100))
                                .with(Settings.WEBSOCKET_IDLE_TIMEOUT, Duration.ZERO));
                TextSocket socket = server.connect();
                RawHttp silent = new RawHttp(server.port())) {
            assertThat(silent.isAtEnd()).isTrue();
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
        }
    }

    @Test
    void shouldSayThatTheAnswersOfABatchAreTooLargeTogether(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.MAX_UNSENT_BYTES, 1_000_000L))) {
            HttpClientOfTests client = new HttpClientOfTests(server.port());
            String get = bigValue(client);
            assertThat(client.command("[" + get + "," + get + "," + get + "]").body())
                    .hasSizeGreaterThan(900_000);

            HttpResponse<String> response =
                    client.command("[" + get + "," + get + "," + get + "," + get + "," + get + "]");
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).isEqualTo("""
                            {"ERR":{"st":202,"m":"%s"}}""".formatted(HttpMessages.answersTooLarge(1_000_000)));
            assertThat(client.command(get).body()).hasSizeGreaterThan(300_000);
        }
    }

    @Test
    @ExpectLog(from = HttpPeer.class, message = "^Dropping")
    @ExpectLog(
            logger = "io.vertx.core.http.impl.HttpClientResponseImpl",
            level = Level.ERROR,
            message = "Stream was closed")
    void shouldDropAnHttp2ClientThatTakesNoAnswers(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.MAX_UNSENT_BYTES, 1_000_000L))) {
            String get = bigValue(new HttpClientOfTests(server.port()));
            io.vertx.core.http.HttpClient client = http2Client(vertx);
            Promise<Void> closed = Promise.promise();
            for (int i = 0; i < 5; i++) {
                client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands")
                        .onSuccess(request -> {
                            request.connection().closeHandler(gone -> closed.tryComplete());
                            request.response().onSuccess(HttpClientResponse::pause);
                            request.putHeader("Content-Type", "application/json")
                                    .end(get);
                        });
            }

            Await.result(closed.future());
        }
    }

    /** Stores a value of 300 KB, and returns the command that reads it. */
    private static String bigValue(HttpClientOfTests client) throws Exception {
        String token = client.newSession();
        client.send("PUT", "/v1/sessions/" + token + "/keys/k", "\"" + "x".repeat(300_000) + "\"");
        return """
                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token);
    }

    @Test
    void shouldAnswerBegunRequestsWhenItDrains(Vertx vertx) throws Exception {
        TestServer server = TestServer.start(vertx, twoLoops);
        try (RawHttp begun = new RawHttp(server.port());
                RawHttp idle = new RawHttp(server.port())) {
            idle.write(RawHttp.post("[]"));
            idle.read();
            begun.write(RawHttp.head(18, "Expect: 100-continue"));
            assertThat(begun.read().status()).isEqualTo(100);

            Future<Void> drained = server.server().drain();
            assertThat(idle.isAtEnd()).isTrue();
            begun.write("{\"SH_INFO_ALL\":{}}");
            assertThat(begun.read().body()).startsWith("""
                    {"SH_INFO_ALL_RSP":{"st":1""");
            assertThat(begun.isAtEnd()).isTrue();
            Await.result(drained);
        } finally {
            server.close();
        }
    }

    @Test
    void shouldTakeNoNewRequestsWhenItDrains(Vertx vertx) throws Exception {
        // Each loop drains in its own time. With one loop, the end of the idle connection shows that the server drains
        // the other connection too.
        TestServer server = TestServer.start(vertx, twoLoops.with(Settings.EVENT_LOOPS, 1));
        try (RawHttp begun = new RawHttp(server.port());
                RawHttp idle = new RawHttp(server.port())) {
            idle.write(RawHttp.post("[]"));
            idle.read();
            begun.write(RawHttp.head(2, "Expect: 100-continue"));
            begun.read();

            server.server().drain();
            assertThat(idle.isAtEnd()).isTrue();
            begun.write("[]" + RawHttp.post("[]"));
            assertThat(begun.read().body()).isEqualTo("[]");
            RawHttp.Response late = begun.readOrEnd();
            assertThat(late == null || late.status() == 503).isTrue();
            assertThat(begun.isAtEnd()).isTrue();
        } finally {
            server.close();
        }
    }
}
