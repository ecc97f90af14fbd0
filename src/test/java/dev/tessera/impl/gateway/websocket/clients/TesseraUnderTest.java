package dev.tessera.impl.gateway.websocket.clients;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import java.util.List;

/** The real server. */
final class TesseraUnderTest implements ServerUnderTest {

    private static final int BIG_VALUE_CHARACTERS = 100_000;

    private final TestServer server;
    private final String token;

    TesseraUnderTest(Vertx vertx, Configuration configuration) {
        try {
            server = TestServer.start(vertx, configuration.with(Settings.WEBSOCKET_ORIGINS, List.of("*")));
            try (TextSocket socket = server.connect()) {
                token = socket.ask("""
                        {"SH_NEW":{"name":"clients"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
                socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"a":0,"b":0}}}""".formatted(token));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the server did not start", e);
        }
    }

    @Override
    public String url() {
        return "ws://127.0.0.1:" + server.port() + "/";
    }

    @Override
    public List<Exchange> conversation() {
        String big = "x".repeat(BIG_VALUE_CHARACTERS);
        return List.of(
                exchange("KV_CLEAR_SET", """
                                ,"keys":{"a":{"é😀":1.0},"b":"%s"}""".formatted(big), """
                                ,"st":1,"cnt":2,"keys":{"a":20,"b":20}"""),
                exchange("KV_GET", """
                        ,"keys":["a"]""", """
                        ,"keys":{"a":{"é😀":1.0}}"""),
                exchange("KV_GET", """
                        ,"keys":["b"]""", """
                        ,"keys":{"b":"%s"}""".formatted(big)),
                exchange("KV_FIND", ",\"rsp\":\"keys\",\"path\":\"$.*\"", """
                        ,"st":1,"keys":["a"]"""),
                new Exchange("nonsense", """
                                {"ERR":{"st":3,"m":"%s"}}""".formatted(Messages.notJson("expected true, false or null", 0))));
    }

    private Exchange exchange(String command, String parameters, String answer) {
        return new Exchange("""
                        {"%s":{"tkn":%s%s}}""".formatted(command, token, parameters), """
                        {"%s_RSP":{"tkn":%s%s}}""".formatted(command, token, answer));
    }

    @Override
    public void close() {
        server.close();
    }
}
