package dev.tessera.impl.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The protocols that a request offers to change to, in its {@code Upgrade} header (RFC 9110, section 7.8). */
final class UpgradeOffer {

    private static final String HTTP2 = "h2c";
    private static final String HTTP2_SETTINGS = "HTTP2-Settings";
    private static final String WEBSOCKET = "websocket";

    private UpgradeOffer() {}

    /** Returns whether the request offers a WebSocket. */
    static boolean isWebSocket(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE)
                && protocols(request.headers()).anyMatch(WEBSOCKET::equals);
    }

    /** Removes an offer of HTTP/2, so that the request is an ordinary one. */
    static void removeHttp2(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.UPGRADE) && protocols(headers).anyMatch(HTTP2::equals)) {
            List<String> others =
                    protocols(headers).filter(one -> !one.equals(HTTP2)).toList();
            headers.remove(HTTP2_SETTINGS);
            headers.remove(HttpHeaderNames.UPGRADE);
            if (!others.isEmpty()) {
                headers.set(HttpHeaderNames.UPGRADE, String.join(", ", others));
            }
        }
    }

    private static Stream<String> protocols(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.UPGRADE).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(one -> one.trim().toLowerCase(Locale.ROOT));
    }
}
