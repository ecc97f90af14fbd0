package dev.tessera.impl.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Which web pages may open a WebSocket (RFC 6455, section 10.2). Browsers let every page try, and say in {@code Origin}
 * whose page it is; other clients send no {@code Origin}, and are not kept out. Thread-safe.
 */
final class WebSocketOrigins {

    private static final String ANY = "*";

    private final List<String> origins;

    /**
     * Rules for handshakes.
     *
     * @param origins who is allowed, such as {@code https://app.example.com}, or {@code *} for all
     */
    WebSocketOrigins(List<String> origins) {
        this.origins = origins;
    }

    /** Says whether a handshake may go on; one that may not is answered here. */
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
