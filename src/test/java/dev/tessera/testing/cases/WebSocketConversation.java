package dev.tessera.testing.cases;

import dev.tessera.testing.TextSocket;

/**
 * A conversation over a WebSocket. Behind every request it sends one that is always answered, and answers keep their order: so it knows
 * without waiting that a command is silent, and that nothing came unasked.
 */
public final class WebSocketConversation implements Conversation {

  private static final String FENCE = "{\"FENCE\":{}}";

  private final TextSocket socket;

  /** Over a connection, which it closes. */
  public WebSocketConversation(TextSocket socket) {
    this.socket = socket;
  }

  @Override
  public String ask(String request) throws Exception {
    socket.send(request);
    socket.send(FENCE);
    String first = socket.receive();
    if (first.startsWith("{\"FENCE_RSP\"")) {
      return null;
    }
    String second = socket.receive();
    if (!second.startsWith("{\"FENCE_RSP\"")) {
      throw new AssertionError("a second answer to " + request + ": " + second);
    }
    return first;
  }

  @Override
  public void close() {
    socket.close();
  }
}
