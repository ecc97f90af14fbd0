package dev.tessera.impl.gateway.websocket;

import io.vertx.core.net.SocketAddress;

/**
 * One accepted WebSocket connection: the seam between the gateway and the code that reads and writes frames.
 *
 * <p>Thread: the event loop of the connection, for every method. After {@link WebSocketListener#onClosed()} every
 * method does nothing.
 */
public interface WebSocketLink {

    /**
     * Appends one text message to the output, and copies its bytes. The message leaves with the next {@link #flush()}
     * at the latest.
     *
     * @param bytes well-formed UTF-8
     */
    void writeText(byte[] bytes, int offset, int length);

    /** Sends everything that was written since the last flush. */
    void flush();

    /** Sends a ping at once. The peer's answer appears as {@link WebSocketListener#onReadComplete()}. */
    void ping();

    /**
     * Sends the written messages, then a close frame. Drops the connection when the peer has answered, or when its time
     * for that is over. From this call on the link discards messages and ignores writes. It reports only the end of the
     * current read event and {@link WebSocketListener#onClosed()}. A second call does nothing.
     *
     * @param status a number of {@link CloseStatus}
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if no close frame may carry this status or reason
     */
    void close(int status, String reason);

    /** Drops the connection and all unsent bytes, without a close frame. */
    void abort();

    /**
     * Stops reading from the socket. The link hands over no message after this call. It keeps the messages that it has
     * read already, at most one round of reads. It still reports the end of the current read event, so that the
     * listener can act on the messages before.
     */
    void pause();

    /**
     * Reads again. In a later turn of the event loop the link first hands over the kept messages, as a read event of
     * their own.
     */
    void resume();

    /**
     * Returns whether the peer takes bytes. After false, {@link WebSocketListener#onWritable()} follows unless the
     * connection ends first.
     */
    boolean isWritable();

    /** Returns about how many written bytes the socket has not taken, including those not flushed. */
    long unsentBytes();

    /** Returns a number that grows whenever the peer takes bytes; it may lag behind while many writes wait. */
    long takenBytes();

    /**
     * Returns whether a message is unfinished since the last call, and has brought too little since. The caller calls
     * this at equal intervals; see {@link StallCheck}.
     */
    boolean isStalled();

    /** Returns the peer's address. */
    SocketAddress remoteAddress();
}
