package dev.tessera.testing.cases;

import org.jspecify.annotations.Nullable;

/** A connection to a server over one transport. */
public interface Conversation extends AutoCloseable {

    /** Sends a request, and returns its answer, or null if the command is silent. */
    @Nullable
    String ask(String request) throws Exception;

    /**
     * Returns the second answer to the last request, whose command answers twice. Null if the transport returns the
     * last answer only.
     */
    default @Nullable String second() throws Exception {
        return null;
    }

    @Override
    void close();
}
