package dev.tessera.testing.cases;

/** A way of talking to a server: one connection over one transport. */
public interface Conversation extends AutoCloseable {

    /** Sends a request; gives its answer, or null where it is silent. */
    String ask(String request) throws Exception;

    /**
     * The second answer to what was asked last, which is to have two; null over a transport that gives the last one
     * alone.
     */
    default String second() throws Exception {
        return null;
    }

    @Override
    void close();
}
