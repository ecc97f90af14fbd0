package dev.tessera.gateway.websocket.clients;

import dev.tessera.gateway.websocket.Peer;
import dev.tessera.gateway.websocket.TestServer;
import dev.tessera.gateway.websocket.WebSocketOptions;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;

/** The link with an echo behind it. */
final class EchoUnderTest implements ServerUnderTest {

  private final TestServer server;

  EchoUnderTest(WebSocketOptions options) {
    server = TestServer.start(options, new HttpServerOptions(), Peer::echo);
  }

  @Override
  public String url() {
    return "ws://127.0.0.1:" + server.port() + "/";
  }

  @Override
  public List<Exchange> conversation() {
    return List.of(echo("{\"KV_SET\":{}}"), echo(""), echo("grüße, 世界, 🦜"), echo("x".repeat(125)), echo("y".repeat(126)),
        echo("z".repeat(65_536)), echo("ä".repeat(300_000)));
  }

  private static Exchange echo(String text) {
    return new Exchange(text, text);
  }

  @Override
  public void close() {
    server.close();
  }
}
