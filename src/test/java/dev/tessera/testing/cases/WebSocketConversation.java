package dev.tessera.testing.cases;

import dev.tessera.testing.TextSocket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A conversation over a WebSocket. Behind every request it sends one that is always answered, and answers keep their
 * order: so it knows without waiting that a command is silent, and that nothing came unasked.
 */
public final class WebSocketConversation implements Conversation {

    private static final String FENCE = "{\"FENCE\":{}}";

    private final TextSocket socket;
    /** What came behind the first answer. */
    private final Queue<String> behind = new ArrayDeque<>();

    /** Over a connection, which it closes. */
    public WebSocketConversation(TextSocket socket) {
        this.socket = socket;
    }

    @Override
    public String ask(String request) throws Exception {
        if (!behind.isEmpty()) {
            throw new AssertionError("came unasked before " + request + ": " + behind);
        }
        socket.send(request);
        socket.send(FENCE);
        String first = socket.receive();
        if (first.startsWith("{\"FENCE_RSP\"")) {
            return null;
        }
        for (String next = socket.receive(); !next.startsWith("{\"FENCE_RSP\""); next = socket.receive()) {
            behind.add(next);
        }
        return first;
    }

    @Override
    public String second() throws Exception {
        return behind.isEmpty() ? socket.receive() : behind.remove();
    }

    @Override
    public void close() {
        socket.close();
        if (!behind.isEmpty()) {
            throw new AssertionError("came unasked: " + behind);
        }
    }
}
