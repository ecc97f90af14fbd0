package dev.tessera.impl.gateway.websocket;

/** The code that reads and writes the frames of a connection. */
public enum FrameCode {

    /** Our own codec in the channel's pipeline. A connection that negotiates compression still gets {@link #VERTX}. */
    NATIVE,

    /** Vert.x's WebSocket API. */
    VERTX
}
