package dev.tessera.impl.gateway.websocket.upgrade;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The result of checking an opening handshake (RFC 6455, section 4.2). The class also answers a wrong handshake, and
 * computes the proof that the server has read the key.
 *
 * @param status the HTTP status that refuses the request; 0 if the request is right
 * @param problem the text of the refusal
 */
record ServerHandshake(int status, String problem) {

    static final String KEY = "Sec-WebSocket-Key";
    static final String ACCEPT = "Sec-WebSocket-Accept";
    static final String VERSION = "Sec-WebSocket-Version";
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    static final String PROTOCOL = "Sec-WebSocket-Protocol";
    /** The only subprotocol. It is the protocol that clients get without asking. */
    static final String TESSERA = "tessera";

    static final String WEBSOCKET = "websocket";
    static final String UPGRADE = "Upgrade";

    private static final String SUPPORTED_VERSION = "13";
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final ServerHandshake RIGHT = new ServerHandshake(0, "");

    /** Checks a request. */
    static ServerHandshake check(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return new ServerHandshake(405, "a WebSocket handshake is a GET request");
        }
        if (request.version() != HttpVersion.HTTP_1_1) {
            return new ServerHandshake(400, "a WebSocket handshake is an HTTP/1.1 request");
        }
        if (!hasToken(request, HttpHeaders.UPGRADE, WEBSOCKET)) {
            return new ServerHandshake(426, "this is a WebSocket");
        }
        if (!hasToken(request, HttpHeaders.CONNECTION, UPGRADE)) {
            return new ServerHandshake(400, "the Connection header must name Upgrade");
        }
        if (!List.of(SUPPORTED_VERSION).equals(request.headers().getAll(VERSION))) {
            return new ServerHandshake(426, "the WebSocket version must be " + SUPPORTED_VERSION);
        }
        if (!isKey(request.headers().getAll(KEY))) {
            return new ServerHandshake(400, KEY + " must be " + KEY_BYTES + " bytes in base64");
        }
        if (request.authority() == null) {
            return new ServerHandshake(400, "the Host header is missing or wrong");
        }
        if (hasBody(request)) {
            return new ServerHandshake(400, "a WebSocket handshake has no body");
        }
        return RIGHT;
    }

    boolean isRight() {
        return status == 0;
    }

    /** Answers a request that is not right. */
    void refuse(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(status);
        if (status == 405) {
            response.putHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
        } else if (status == 426) {
            response.putHeader(HttpHeaders.UPGRADE, WEBSOCKET).putHeader(VERSION, SUPPORTED_VERSION);
            response.putHeader(HttpHeaders.CONNECTION, UPGRADE);
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(problem + '\n');
    }

    /** Returns the value of Sec-WebSocket-Accept. */
    static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Returns whether the client offers the subprotocol. Browsers end a connection whose server selects none. */
    static boolean offersProtocol(HttpServerRequest request) {
        return request.headers().getAll(PROTOCOL).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(offered -> offered.trim().equals(TESSERA));
    }

    private static boolean hasToken(HttpServerRequest request, CharSequence header, String token) {
        for (String value : request.headers().getAll(header)) {
            for (String part : value.split(",", -1)) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isKey(List<String> values) {
        try {
            return values.size() == 1
                    && Base64.getDecoder().decode(values.get(0).trim()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether the request has a body, whose bytes would be taken for frames. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }
}
