package dev.tessera.impl.gateway;

import dev.tessera.config.Settings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may open a WebSocket (RFC 6455, section 10.2). Browsers let every page try, and name its origin in
 * {@code Origin}. Pages with the host and port of the request itself are admitted, for example behind a proxy that
 * serves both. Clients other than browsers send no {@code Origin}; they are admitted. Thread-safe.
 */
final class WebSocketOrigins {

    static final String REFUSAL = "pages of this origin may not open a WebSocket here; add the origin to "
            + Settings.WEBSOCKET_ORIGINS.path() + "\n";

    private static final String ANY = "*";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

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
        if (origins.contains(ANY)
                || sent.stream().allMatch(origin -> origins.contains(origin) || isOwn(origin, request.authority()))) {
            return true;
        }
        request.response()
                .setStatusCode(403)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(REFUSAL);
        return false;
    }

    /**
     * Returns whether an origin has the host and port of the request. A missing port is that of the origin's scheme.
     */
    static boolean isOwn(String origin, @Nullable HostAndPort server) {
        int schemeEnd = origin.indexOf("://");
        if (schemeEnd < 0 || server == null) {
            return false;
        }
        int defaultPort = origin.startsWith("https:") ? HTTPS_PORT : HTTP_PORT;
        HostAndPort page = HostAndPort.parseAuthority(origin.substring(schemeEnd + 3), defaultPort);
        int serverPort = server.port() > 0 ? server.port() : defaultPort;
        return page != null
                && page.port() == serverPort
                && page.host().toLowerCase(Locale.ROOT).equals(server.host().toLowerCase(Locale.ROOT));
    }
}
