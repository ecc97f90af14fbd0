package dev.tessera.impl.gateway.websocket;

import io.vertx.core.net.SocketAddress;

/**
 * One accepted WebSocket connection, whichever code reads and writes its frames: the seam between the gateway and the
 * frame code.
 *
 * <p>Thread: every method is called on the event loop of the connection. After {@link WebSocketListener#onClosed()}
 * every method is a no-op.
 */
public interface WebSocketLink {

    /**
     * Appends one text message to what is to be sent; the bytes are copied. It is sure to leave only with the next
     * {@link #flush()}, and usually does not leave earlier.
     *
     * @param bytes well-formed UTF-8
     */
    void writeText(byte[] bytes, int offset, int length);

    /** Sends what was written since the last flush. */
    void flush();

    /** Sends a ping at once; the answer shows as {@link WebSocketListener#onReadComplete()}. */
    void ping();

    /**
     * Sends what was written, then a close frame; drops the connection when the peer has answered or has not done so in
     * time. From this call on messages that come in are discarded, writes do nothing, and the listener is told only the
     * end of the read event under way and {@link WebSocketListener#onClosed()}. A second call does nothing.
     *
     * @param status see {@link CloseStatus}
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if no close frame may carry this status or reason
     */
    void close(int status, String reason);

    /** Drops the connection without a close frame, and with it all that is unsent. */
    void abort();

    /**
     * Stops reading from the socket. No message is handed over after this call: those that were already read are kept,
     * as much as one round of reads brings. The end of the read event under way is still told, so that the messages
     * handed over before can be acted on.
     */
    void pause();

    /**
     * Reads again. What was kept is handed over first, in a later turn of the event loop, and makes a read event of its
     * own.
     */
    void resume();

    /**
     * Says whether the peer takes what is sent; when it was false, {@link WebSocketListener#onWritable()} follows,
     * unless the connection ends before.
     */
    boolean isWritable();

    /** About how many bytes were written and have not been taken by the socket, those not flushed included. */
    long unsentBytes();

    /** The peer's address. */
    SocketAddress remoteAddress();
}
