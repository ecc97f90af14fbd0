package dev.tessera.impl.gateway.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client for a server on this machine, over the JDK's client. */
final class HttpClientOfTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final String address;

    HttpClientOfTests(int port, HttpClient.Version version) {
        this.client = HttpClient.newBuilder().version(version).build();
        this.address = "http://127.0.0.1:" + port;
    }

    HttpClientOfTests(int port) {
        this(port, HttpClient.Version.HTTP_1_1);
    }

    HttpResponse<String> command(String json) throws IOException, InterruptedException {
        return send("POST", "/v1/commands", json);
    }

    /** Sends a request with a JSON body, or without one if it is null. Headers come in pairs. */
    HttpResponse<String> send(String method, String path, @Nullable String json, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(method, path, json, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, @Nullable String json) {
        return client.sendAsync(request(method, path, json), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> sendBytes(String path, @Nullable String contentType, byte[] body)
            throws IOException, InterruptedException {
        return sendBytes("POST", path, contentType, body);
    }

    HttpResponse<String> sendBytes(
            String method, String path, @Nullable String contentType, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, @Nullable String json, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.method(
                        method,
                        json == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(json.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /** Creates a session and returns its token. */
    String newSession() throws IOException, InterruptedException {
        return command("""
                {"SH_NEW":{"name":"n"}}""").body().replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }
}
