package dev.tessera.impl.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The headers that tell browsers which pages may use the API (CORS, a part of the Fetch standard). Without allowed
 * origins it adds no headers, and browsers keep pages of other origins out. It never allows cookies or other
 * credentials, because clients need only a token. {@link HttpGateway} says why this is not Vert.x Web's
 * {@code CorsHandler}.
 */
final class Cors implements Handler<RoutingContext> {

    private static final String ANY = "*";
    private static final String ALLOWED_HEADERS = "Content-Type, If-Match, If-None-Match";
    private static final String EXPOSED_HEADERS = "Location, Retry-After, Allow, Accept-Patch, Link, ETag";
    private static final String MAX_AGE_SECONDS = "600";

    private final List<String> origins;

    /**
     * Creates the rules for browsers.
     *
     * @param origins the allowed origins, such as {@code https://app.example.com}, or {@code *} for all
     */
    Cors(List<String> origins) {
        this.origins = origins;
    }

    /** Adds the headers that let a browser hand the response to its page. */
    @Override
    public void handle(RoutingContext context) {
        if (!origins.isEmpty()) {
            apply(context.request());
        }
        context.next();
    }

    private void apply(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origins.contains(ANY)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        } else {
            response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            if (origin == null || !origins.contains(origin)) {
                return;
            }
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_HEADERS);
    }

    /** Adds the headers that a browser asks for before it sends the request itself, if its origin is allowed. */
    void applyPreflight(HttpServerRequest request, String methods) {
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.OPTIONS)
                && response.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
    }
}
