package dev.tessera.testing.cases;

import dev.tessera.testing.TextSocket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A conversation over a WebSocket. After every request it sends a second one that the server always answers. Answers
 * keep the order of requests. So it detects a silent command, and an answer without a request, without waiting.
 */
public final class WebSocketConversation implements Conversation {

    private static final String FENCE = "{\"FENCE\":{}}";

    private final TextSocket socket;
    /** The answers after the first one. */
    private final Queue<String> further = new ArrayDeque<>();

    /** Creates a conversation over a connection, which {@link #close} closes. */
    public WebSocketConversation(TextSocket socket) {
        this.socket = socket;
    }

    @Override
    public String ask(String request) throws Exception {
        if (!further.isEmpty()) {
            throw new AssertionError("answers without a request before " + request + ": " + further);
        }
        socket.send(request);
        socket.send(FENCE);
        String first = socket.receive();
        if (first.startsWith("{\"FENCE_RSP\"")) {
            return null;
        }
        for (String next = socket.receive(); !next.startsWith("{\"FENCE_RSP\""); next = socket.receive()) {
            further.add(next);
        }
        return first;
    }

    @Override
    public String second() throws Exception {
        return further.isEmpty() ? socket.receive() : further.remove();
    }

    @Override
    public void close() {
        socket.close();
        if (!further.isEmpty()) {
            throw new AssertionError("answers without a request: " + further);
        }
    }
}
