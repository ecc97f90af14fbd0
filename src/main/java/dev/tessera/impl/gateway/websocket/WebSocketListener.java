package dev.tessera.impl.gateway.websocket;

/**
 * The owner of a {@link WebSocketLink}, which receives its events.
 *
 * <p>The link itself answers pings, close frames and frames that break the protocol. Messages that the owner writes
 * before the read event ends leave before the link's close frame. Later messages do not leave. If a method here throws,
 * the link logs it and closes the connection with 1011.
 *
 * <p>Thread: the event loop of the connection, in the Vert.x context of the request that opened it.
 */
public interface WebSocketListener {

    /**
     * Receives one whole text message, with its fragments joined. The link does not check its UTF-8, because the JSON
     * scanner does so in its own pass. The listener closes with 1007 if the scanner finds it ill-formed.
     *
     * @param bytes an array that messages of one read event may share; this message's part of it does not change any
     *     more
     */
    void onText(byte[] bytes, int offset, int length);

    /** Reports a binary message. The link drops its content. */
    void onBinary();

    /**
     * Reports that a message larger than the maximum has begun. The link drops it and all that follows. The listener
     * closes with 1009 as soon as it has written the answers that it owes. Called once; no message follows.
     */
    void onTooLarge();

    /**
     * Reports that a message has begun for which the memory of unfinished messages has no room. The link drops this
     * message as it comes. Later messages follow.
     */
    void onNoRoom();

    /**
     * Reports the end of one read event: bytes have come, and the link has handed over all messages in them, or keeps
     * them because of {@link WebSocketLink#pause()}. Also called if no whole message has come.
     */
    void onReadComplete();

    /** Reports that the peer takes bytes again after {@link WebSocketLink#isWritable()} was false. */
    void onWritable();

    /** Reports that the connection has ended, whatever the cause. Called once; nothing follows it. */
    void onClosed();
}
