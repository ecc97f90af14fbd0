package dev.tessera.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client on the JDK's own implementation, for tests that ask and wait. */
public final class TextSocket implements WebSocket.Listener, AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private TextSocket() {}

    /** Connects to a server on this machine. */
    public static TextSocket connect(int port) throws Exception {
        return connect(port, "/");
    }

    /** Connects to a path and query of a server on this machine. */
    public static TextSocket connect(int port, String target) throws Exception {
        TextSocket client = new TextSocket();
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + target), client)
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return client;
    }

    /** Sends a text message. */
    public void send(String text) throws Exception {
        socket.sendText(text, true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a part of a text message. */
    public void sendPart(String text, boolean last) throws Exception {
        socket.sendText(text, last).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a binary message. */
    public void sendBinary(byte[] bytes) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for the next text message, and returns it; {@code close <status>} if the server closes. */
    public String receive() throws InterruptedException {
        String event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came in " + TIMEOUT_SECONDS + " s");
        }
        return event;
    }

    /** Returns whether no message waits to be received. */
    public boolean isQuiet() {
        return events.isEmpty();
    }

    /** Sends a text message, and returns the next one that comes. */
    public String ask(String text) throws Exception {
        send(text);
        return receive();
    }

    /** Creates a session that is not shared and does not expire. Returns the digits of its token. */
    public String newSession() throws Exception {
        String made = ask("""
                {"SH_NEW":{"name":"a"}}""");
        return made.substring(made.indexOf("\"tkn\":") + "\"tkn\":".length(), made.length() - "}}".length());
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            events.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        events.add("close " + statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        events.add("error " + error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
