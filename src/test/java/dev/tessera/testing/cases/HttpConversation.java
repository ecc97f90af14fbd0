package dev.tessera.testing.cases;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A conversation over HTTP: every request is a {@code POST /v1/commands}, and silence is 204. */
public final class HttpConversation implements Conversation {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final URI commands;

    /** Creates a conversation with a server on this machine. */
    public HttpConversation(int port, HttpClient.Version version) {
        client = HttpClient.newBuilder().version(version).build();
        commands = URI.create("http://127.0.0.1:" + port + "/v1/commands");
    }

    @Override
    public String ask(String request) throws Exception {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(commands)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 204) {
            return response.body().length == 0 ? null : "a body with 204";
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Does nothing, because the connections end with the client. */
    @Override
    public void close() {}
}
