package dev.tessera.impl.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The web pages that may open a WebSocket (RFC 6455, section 10.2). Browsers let every page try, and name its origin in
 * {@code Origin}. Clients other than browsers send no {@code Origin}; they are admitted. Thread-safe.
 */
final class WebSocketOrigins {

    private static final String ANY = "*";

    private final List<String> origins;

    /**
     * Creates the rules for handshakes.
     *
     * @param origins the allowed origins, such as {@code https://app.example.com}; {@code *} allows all
     */
    WebSocketOrigins(List<String> origins) {
        this.origins = origins;
    }

    /** Returns whether a handshake may continue; refuses it with 403 otherwise. */
    boolean admit(HttpServerRequest request) {
        List<String> sent = request.headers().getAll(HttpHeaders.ORIGIN);
        if (origins.contains(ANY) || origins.containsAll(sent)) {
            return true;
        }
        request.response()
                .setStatusCode(403)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end("pages of this origin may not open a WebSocket here\n");
        return false;
    }
}
