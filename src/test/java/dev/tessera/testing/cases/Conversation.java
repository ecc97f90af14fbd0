package dev.tessera.testing.cases;

/** A way of talking to a server: one connection over one transport. */
public interface Conversation extends AutoCloseable {

  /** Sends a request; gives its answer, or null where it is silent. */
  String ask(String request) throws Exception;

  @Override
  void close();
}
