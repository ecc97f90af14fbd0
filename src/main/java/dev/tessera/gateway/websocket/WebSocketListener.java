package dev.tessera.gateway.websocket;

/**
 * What a {@link WebSocketLink} tells its owner. Thread: the event loop of the connection.
 */
public interface WebSocketListener {

  /**
   * One whole text message has come, fragments joined. Its UTF-8 is not checked: the JSON scanner does that in its own
   * pass, and the listener closes with 1007 where it finds it ill-formed.
   *
   * @param bytes an array that nobody changes any more; several messages of one read event may share it
   */
  void onText(byte[] bytes, int offset, int length);

  /** A binary message has come; its content is dropped. */
  void onBinary();

  /** A message larger than the maximum has begun; it is dropped, and the listener is expected to close with 1009. */
  void onTooLarge();

  /** Bytes have come, and all messages in them have been handed over: the end of one read event. */
  void onReadComplete();

  /** The peer takes bytes again after {@link WebSocketLink#isWritable()} was false. */
  void onWritable();

  /** The connection is gone, whatever the cause; called once, and nothing follows it. */
  void onClosed();
}
