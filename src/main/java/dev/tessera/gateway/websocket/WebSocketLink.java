package dev.tessera.gateway.websocket;

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
   * Appends one text message to what is to be sent; the bytes are copied. Nothing leaves before {@link #flush()}.
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
   * time. Messages that come in after this call are discarded.
   *
   * @param status a status of RFC 6455, section 7.4
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int status, String reason);

  /** Drops the connection without a close frame, and with it all that is unsent. */
  void abort();

  /** Stops reading from the socket; messages that were already read may still be handed over. */
  void pause();

  /** Reads again. */
  void resume();

  /** Says whether the peer takes what is sent; when it was false, {@link WebSocketListener#onWritable()} follows. */
  boolean isWritable();

  /** How many bytes were written and have not been taken by the socket. */
  long unsentBytes();

  /** The peer's address. */
  SocketAddress remoteAddress();
}
