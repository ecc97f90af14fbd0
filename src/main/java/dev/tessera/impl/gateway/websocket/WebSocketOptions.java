package dev.tessera.impl.gateway.websocket;

import io.vertx.core.http.HttpServerOptions;
import java.util.Objects;

/**
 * Options and limits of WebSocket connections. Immutable.
 *
 * @param maxPayloadBytes the largest accepted message, in its inflated size if it is compressed: 1 to
 *     {@value #MAX_PAYLOAD_BYTES_LIMIT}
 * @param compression whether permessage-deflate is negotiated with peers that offer it
 * @param frameCode the code that reads and writes the frames
 * @param closeTimeoutMs the time in which a peer must answer our close frame; after it the connection is dropped
 */
public record WebSocketOptions(int maxPayloadBytes, boolean compression, FrameCode frameCode, long closeTimeoutMs) {

    public static final int DEFAULT_MAX_PAYLOAD_BYTES = 1024 * 1024;
    public static final boolean DEFAULT_COMPRESSION = false;
    public static final FrameCode DEFAULT_FRAME_CODE = FrameCode.NATIVE;
    public static final long DEFAULT_CLOSE_TIMEOUT_MS = 5_000;

    /** A message is one Java array, and Netty counts some sizes a few bytes beyond it. */
    public static final int MAX_PAYLOAD_BYTES_LIMIT = 1 << 30;

    /** Checks the limits. */
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

    /** Returns the defaults. */
    public static WebSocketOptions defaults() {
        return new WebSocketOptions(
                DEFAULT_MAX_PAYLOAD_BYTES, DEFAULT_COMPRESSION, DEFAULT_FRAME_CODE, DEFAULT_CLOSE_TIMEOUT_MS);
    }

    /** Returns these options with another {@link #maxPayloadBytes}. */
    public WebSocketOptions withMaxPayloadBytes(int bytes) {
        return new WebSocketOptions(bytes, compression, frameCode, closeTimeoutMs);
    }

    /** Returns these options with another {@link #compression}. */
    public WebSocketOptions withCompression(boolean on) {
        return new WebSocketOptions(maxPayloadBytes, on, frameCode, closeTimeoutMs);
    }

    /** Returns these options with another {@link #frameCode}. */
    public WebSocketOptions withFrameCode(FrameCode code) {
        return new WebSocketOptions(maxPayloadBytes, compression, code, closeTimeoutMs);
    }

    /** Returns these options with another {@link #closeTimeoutMs}. */
    public WebSocketOptions withCloseTimeoutMs(long ms) {
        return new WebSocketOptions(maxPayloadBytes, compression, frameCode, ms);
    }

    /**
     * Sets the options of an HTTP server that {@code WebSocketUpgrade} needs, and leaves the rest alone.
     *
     * @return {@code server}
     */
    public HttpServerOptions applyTo(HttpServerOptions server) {
        return server.setMaxWebSocketFrameSize(maxPayloadBytes)
                .setMaxWebSocketMessageSize(maxPayloadBytes)
                .setAcceptUnmaskedFrames(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(compression)
                // Our own timer runs first. With 0 Vert.x would drop the connection directly after the close frame.
                .setWebSocketClosingTimeout((int) Math.min(Integer.MAX_VALUE, closeTimeoutMs / 1000 + 2));
    }
}
