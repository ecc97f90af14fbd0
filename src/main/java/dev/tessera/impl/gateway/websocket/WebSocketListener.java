package dev.tessera.impl.gateway.websocket;

/**
 * What a {@link WebSocketLink} tells its owner.
 *
 * <p>Pings, close frames and frames that break the protocol are answered by the link. What the owner has written by the
 * end of the read event leaves before the answer to a close frame or the close frame for a violation; what it writes
 * later does not leave. If a method here throws, that is logged and the connection closes with 1011.
 *
 * <p>Thread: the event loop of the connection, in the Vert.x context of the request that opened it.
 */
public interface WebSocketListener {

    /**
     * One whole text message has come, fragments joined. Its UTF-8 is not checked: the JSON scanner does that in its
     * own pass, and the listener closes with 1007 where it finds it ill-formed.
     *
     * @param bytes an array; the message's part of it is not changed any more, and messages of one read event may share
     *     it
     */
    void onText(byte[] bytes, int offset, int length);

    /** A binary message has come; its content is dropped. */
    void onBinary();

    /**
     * A message larger than the maximum has begun; it is dropped with all that follows, and the listener is expected to
     * close with 1009, as soon as the answers that it owes are written. Called once; no message follows.
     */
    void onTooLarge();

    /**
     * Bytes have come, and all messages in them have been handed over, or are kept because of
     * {@link WebSocketLink#pause()}: the end of one read event. Also told when no whole message has come.
     */
    void onReadComplete();

    /** The peer takes bytes again after {@link WebSocketLink#isWritable()} was false. */
    void onWritable();

    /** The connection is gone, whatever the cause; called once, and nothing follows it. */
    void onClosed();
}
