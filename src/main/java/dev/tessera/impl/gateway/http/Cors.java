package dev.tessera.impl.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Says to browsers which pages may use the API (CORS, a part of the Fetch standard). With no origin it says nothing,
 * and browsers keep pages of other origins out. Cookies and other credentials are never allowed: a token is all that a
 * client needs.
 */
final class Cors {

    private static final String ANY = "*";
    private static final String ALLOWED_HEADERS = "Content-Type, If-Match, If-None-Match";
    private static final String EXPOSED_HEADERS = "Location, Retry-After, Allow";
    private static final String MAX_AGE_SECONDS = "600";

    private final List<String> origins;

    /**
     * Rules for browsers.
     *
     * @param origins who is allowed, such as {@code https://app.example.com}, or {@code *} for all
     */
    Cors(List<String> origins) {
        this.origins = origins;
    }

    /** Adds to a response what a browser needs to hand it to its page. */
    void apply(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return;
        }
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

    /** Adds to the response to an OPTIONS request what a browser asks before it sends the request itself. */
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
