package dev.tessera.impl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint {@code POST /v1/commands} of a real server, beyond the table of cases. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class CommandsEndpointTest {

    private static final int PAYLOAD_MAX = 2048;
    private static final int BATCH_MAX = 4;

    private static TestServer server;
    private static HttpClientOfTests client;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, 2)
                        .with(Settings.MAX_PAYLOAD_BYTES, PAYLOAD_MAX)
                        .with(Settings.MAX_DEPTH, 10)
                        .with(Settings.MAX_IN_FLIGHT, BATCH_MAX)
                        .with(Settings.COMMANDS_DISABLED, List.of("KV_CLEAR")));
        client = new HttpClientOfTests(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"SH_INFO_ALL\":{}} | 200",
                "{\"SH_OPEN\":{\"name\":\"nobody\"}} | 200",
                "nonsense | 400",
                "{} | 400",
                "{\"A\":{},\"B\":{}} | 400",
                "{\"KV_COUNT\":7} | 400",
                "{\"NOBODY\":{}} | 400",
                "{\"SH_NEW\":{}} | 400",
                "{\"SH_NEW\":{\"name\":7}} | 400",
                "{\"SH_NEW\":{\"name\":\"\"}} | 400",
                "{\"KV_COUNT\":{\"tkn\":\"7\"}} | 400",
                "{\"KV_COUNT\":{\"tkn\":7}} | 404",
                "{\"KV_CLEAR\":{\"tkn\":7}} | 403",
                "[nonsense] | 400",
                "[{\"KV_COUNT\":{\"tkn\":7}}] | 200",
                "[] | 200"
            })
    void shouldReportTheOutcomeOfACommandByTheHttpStatus(String body, int status) throws Exception {
        HttpResponse<String> response = client.command(body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldAnswerSilenceWith204() throws Exception {
        HttpResponse<String> response = client.command("""
                        {"KV_SETQ":{"tkn":%s,"keys":{"a":1}}}""".formatted(client.newSession()));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldReturnEveryByteOfAValue() throws Exception {
        String token = client.newSession();
        String value = """
                [1.0, 1E400,12345678901234567890123,"\\u0061é😀\\/",{"b":1,"a":2,"b":3}]""";
        client.command("""
                {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value));

        assertThat(client.command("""
                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(token)).body()).isEqualTo("""
                        {"KV_GET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1,"})
    void shouldAnswerIllFormedUtf8With3(String start) throws Exception {
        byte[] body = (start + "\"?\"").getBytes(StandardCharsets.US_ASCII);
        body[body.length - 2] = (byte) 0xC0;

        HttpResponse<String> response = client.sendBytes("/v1/commands", "application/json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("""
                {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.NOT_UTF8));
    }

    @Test
    void shouldRefuseALongerBatchAsAWhole() throws Exception {
        String token = client.newSession();
        String set = """
                {"KV_SETQ":{"tkn":%s,"keys":{"k":1}}}""".formatted(token);

        assertThat(client.command("[" + (set + ",").repeat(BATCH_MAX - 1) + set + "]")
                        .body())
                .isEqualTo("[null,null,null,null]");
        HttpResponse<String> response = client.command("""
                        [%s{"KV_CLEAR_SET":{"tkn":%s,"keys":{}}}]""".formatted((set + ",").repeat(BATCH_MAX), token));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEqualTo("""
                        {"ERR":{"st":202,"m":"%s"}}""".formatted(HttpMessages.batchTooLong(BATCH_MAX)));
        assertThat(client.command("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token)).body()).contains("\"cnt\":1");
    }

    @Test
    void shouldAllowTheCommandsOfABatchTheDepthOfOne() throws Exception {
        String fits = "{\"X\":" + "[".repeat(9) + "]".repeat(9) + "}";

        assertThat(client.command(fits).body()).contains("\"st\":12");
        assertThat(client.command("[" + fits + "]").body()).contains("\"st\":12");
        assertThat(client.command("[[" + fits + "]]").body()).startsWith("""
                        {"ERR":{"st":3,"m":"not JSON: nesting is deeper than 11""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON ; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/json; charset=utf8",
                "application/json; Charset=\"UTF8\"",
                "application/json; charset='Utf-8'"
            })
    void shouldAcceptJson(String contentType) throws Exception {
        assertThat(client.sendBytes("/v1/commands", contentType, new byte[] {'[', ']'})
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/jsonp",
                ";"
            })
    void shouldRefuseOtherContentTypes(String contentType) throws Exception {
        HttpResponse<String> response = client.sendBytes("/v1/commands", contentType, new byte[] {'[', ']'});

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).startsWith("""
                {"ERR":{"st":2,""");
        assertThat(client.sendBytes("/v1/commands", null, new byte[] {'[', ']'}).statusCode())
                .isEqualTo(415);
    }

    @Test
    void shouldNameACharsetThatItRefuses() throws Exception {
        HttpResponse<String> response =
                client.sendBytes("/v1/commands", "application/json; charset=latin1", new byte[] {'[', ']'});

        assertThat(response.body()).isEqualTo("""
                {"ERR":{"st":2,"m":"%s"}}""".formatted(HttpMessages.otherCharset("latin1")));
    }

    @Test
    void shouldRefuseEncodedBodies() throws Exception {
        assertThat(client.send("POST", "/v1/commands", "[]", "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void shouldRefuseALargerBodyByItsLengthAndGoOn() throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            String large = "x".repeat(PAYLOAD_MAX + 1);
            raw.write(RawHttp.post(large) + RawHttp.post("[]"));

            RawHttp.Response response = raw.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo("""
                            {"ERR":{"st":42,"m":"%s"}}""".formatted(HttpMessages.bodyTooLarge(PAYLOAD_MAX)));
            assertThat(raw.read().body()).isEqualTo("[]");
        }
    }

    @Test
    void shouldRefuseALargerBodyWithoutALengthAndGoOn() throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
            raw.write("POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(2) + "1\r\n \r\n");
            assertThat(raw.read().status()).isEqualTo(413);

            raw.write(chunk + "0\r\n\r\n" + RawHttp.post("[]"));
            assertThat(raw.read().body()).isEqualTo("[]");
        }
    }

    @Test
    void shouldTakeABodyOfTheLargestSize() throws Exception {
        assertThat(client.command("[" + " ".repeat(PAYLOAD_MAX - 2) + "]").body())
                .isEqualTo("[]");
    }

    @Test
    void shouldAskForTheBodyOfAClientThatWaits() throws Exception {
        try (RawHttp raw = new RawHttp(server.port())) {
            raw.write(RawHttp.head(2, "Expect: 100-continue"));
            assertThat(raw.read().status()).isEqualTo(100);
            raw.write("[]");
            assertThat(raw.read().body()).isEqualTo("[]");

            raw.write(RawHttp.head(PAYLOAD_MAX + 1, "Expect: 100-continue"));
            assertThat(raw.read().status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "", "x", "18446744073709551616"})
    void shouldSayOfAStringThatIsNoTokenWhatIsAccepted(String token) throws Exception {
        for (String query : List.of("", "?tkn=string")) {
            assertThat(client.send("POST", "/v1/commands" + query, """
                            {"KV_COUNT":{"tkn":"%s"}}""".formatted(token))
                            .body())
                    .contains("\"st\":101")
                    .contains("must be an integer")
                    .doesNotContain("add ?tkn=string");
        }
    }

    @Test
    void shouldAcceptAndReturnTokensAsStringsIfAsked() throws Exception {
        String token = client.newSession();
        String command = """
                {"KV_SET":{"tkn":"%s","keys":{"tkn":%s}}}""".formatted(token, token);

        assertThat(client.command(command).body()).contains("\"st\":101");
        assertThat(client.send("POST", "/v1/commands?tkn=string", command).body())
                .isEqualTo("""
                        {"KV_SET_RSP":{"tkn":"%s","keys":{"tkn":20}}}""".formatted(token));
        assertThat(client.send("POST", "/v1/commands?tkn=string", """
                                        [{"KV_GET":{"tkn":%s,"keys":["tkn"]}}]""".formatted(token))
                        .body())
                .isEqualTo("""
                        [{"KV_GET_RSP":{"tkn":"%s","keys":{"tkn":%s}}}]""".formatted(token, token));
    }
}
