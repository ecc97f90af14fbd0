package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.gateway.http.RawHttp;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets whose URL asks for tokens as strings. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class TokensAsStringsTest {

    private final Configuration twoLoops = Configuration.defaults().with(Settings.EVENT_LOOPS, 2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSendAndTakeTokensAsStrings(boolean ownCodec, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.WEBSOCKET_OWN_CODEC, ownCodec));
                TextSocket socket = TextSocket.connect(server.port(), "/?tkn=string")) {
            String made = socket.ask("""
                    {"SH_NEW":{"name":"js"}}""");
            assertThat(made).matches("""
                    \\{"SH_NEW_RSP":\\{"st":1,"name":"js","tkn":"[0-9]+"}}""");
            String token = made.replaceAll(".*\"tkn\":\"([0-9]+)\".*", "$1");

            assertThat(socket.ask("""
                    {"KV_SET":{"tkn":"%s","keys":{"tkn":"7"}}}""".formatted(token))).isEqualTo("""
                    {"KV_SET_RSP":{"tkn":"%s","keys":{"tkn":20}}}""".formatted(token));
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["tkn"]}}""".formatted(token))).isEqualTo("""
                    {"KV_GET_RSP":{"tkn":"%s","keys":{"tkn":"7"}}}""".formatted(token));
            assertThat(socket.ask("""
                    {"SH_EXISTS":{"tkns":["%s",7]}}""".formatted(token))).isEqualTo("""
                    {"SH_EXISTS_RSP":{"st":1,"exist":["%s"],"notExist":["7"]}}""".formatted(token));
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":"7"}}""")).isEqualTo("""
                    {"KV_COUNT_RSP":{"st":100,"tkn":"7","m":"%s"}}""".formatted(Messages.NO_SESSION));
            assertThat(socket.ask("nonsense")).startsWith("""
                    {"ERR":{"st":3,""");
        }
    }

    @Test
    void shouldPointToTheUrlIfATokenIsAString(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":"7"}}""")).isEqualTo("""
                    {"KV_COUNT_RSP":{"st":101,"tkn":null,"m":"%s"}}""".formatted(Messages.TOKEN_IS_A_STRING));
        }
    }

    @Test
    void shouldLeaveKeysAloneWithoutSessions(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops.with(Settings.SESSIONS_ENABLED, false));
                TextSocket socket = TextSocket.connect(server.port(), "/?tkn=string")) {
            assertThat(socket.ask("""
                    {"KV_RMV":{"keys":["tkn"]}}""")).isEqualTo("""
                    {"KV_RMV_RSP":{"tkn":22}}""");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?tkn=text", "/?tkn", "/?tkn=%zz"})
    void shouldRefuseAnotherForm(String target, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx, twoLoops);
                RawHttp raw = new RawHttp(server.port())) {
            raw.write("""
                    GET %s HTTP/1.1\r
                    Host: localhost\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Version: 13\r
                    \r
                    """.formatted(target));

            RawHttp.Response response = raw.read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).startsWith("""
                    {"ERR":{"st":13,"m":""");
        }
    }
}
