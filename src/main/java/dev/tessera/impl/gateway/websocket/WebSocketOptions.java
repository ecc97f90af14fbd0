package dev.tessera.impl.gateway.websocket;

import io.vertx.core.http.HttpServerOptions;
import java.util.Objects;

/**
 * How WebSocket connections are opened and bounded. Immutable.
 *
 * @param maxPayloadBytes the largest message that is taken, after inflation where it is compressed: 1 to
 *     {@value #MAX_PAYLOAD_BYTES_LIMIT}
 * @param compression whether permessage-deflate is negotiated with peers that offer it
 * @param frameCode which code reads and writes the frames
 * @param closeTimeoutMs how long a peer may take to answer our close frame before its connection is dropped
 */
public record WebSocketOptions(int maxPayloadBytes, boolean compression, FrameCode frameCode, long closeTimeoutMs) {

    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 1024 * 1024;
    public static final boolean DEFAULT_COMPRESSION = false;
    public static final FrameCode DEFAULT_FRAME_CODE = FrameCode.NATIVE;
    public static final long DEFAULT_CLOSE_TIMEOUT_MS = 5_000;

    /** A message is one Java array, and Netty counts some sizes a few bytes beyond it. */
    public static final int MAX_PAYLOAD_BYTES_LIMIT = 1 << 30;

    public WebSocketOptions {
        Objects.requireNonNull(frameCode, "frameCode");
        if (maxPayloadBytes < 1 || maxPayloadBytes > MAX_PAYLOAD_BYTES_LIMIT) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes must be 1 to " + MAX_PAYLOAD_BYTES_LIMIT + ": " + maxPayloadBytes);
        }
        if (closeTimeoutMs < 1) {
            throw new IllegalArgumentException("closeTimeoutMs must be positive: " + closeTimeoutMs);
        }
    }

    public static WebSocketOptions defaults() {
        return new WebSocketOptions(
                DEFAULT_MAX_PAYLOAD_BYTES, DEFAULT_COMPRESSION, DEFAULT_FRAME_CODE, DEFAULT_CLOSE_TIMEOUT_MS);
    }

    public WebSocketOptions withMaxPayloadBytes(int bytes) {
        return new WebSocketOptions(bytes, compression, frameCode, closeTimeoutMs);
    }

    public WebSocketOptions withCompression(boolean on) {
        return new WebSocketOptions(maxPayloadBytes, on, frameCode, closeTimeoutMs);
    }

    public WebSocketOptions withFrameCode(FrameCode code) {
        return new WebSocketOptions(maxPayloadBytes, compression, code, closeTimeoutMs);
    }

    public WebSocketOptions withCloseTimeoutMs(long ms) {
        return new WebSocketOptions(maxPayloadBytes, compression, frameCode, ms);
    }

    /**
     * Sets what an HTTP server needs so that its requests can be given to {@code WebSocketUpgrade} with these options,
     * and leaves the rest alone.
     *
     * @return {@code server}
     */
    public HttpServerOptions applyTo(HttpServerOptions server) {
        return server.setMaxWebSocketFrameSize(maxPayloadBytes)
                .setMaxWebSocketMessageSize(maxPayloadBytes)
                .setAcceptUnmaskedFrames(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(compression)
                // Our own timer runs first. Vert.x's may not be 0: it would drop the connection right behind the close
                // frame.
                .setWebSocketClosingTimeout((int) Math.min(Integer.MAX_VALUE, closeTimeoutMs / 1000 + 2));
    }
}
