package dev.tessera.crash;

import dev.tessera.testing.TextSocket;

/**
 * A writer of the commands of one connection, with a model of their effects. Thread: the connection's, or the test's
 * while the connection is not open.
 */
interface Writer {

    /** Returns the next command, or null if it depends on replies that are not there yet. */
    Outcome next();

    /**
     * Returns the command to send after {@link #next} returned null and all replies arrived. {@link #made} takes its
     * reply.
     */
    String making();

    /** Takes the reply to {@link #making}. */
    void made(String reply);

    /** Returns a command that changes nothing and has a reply. */
    Outcome probe();

    /** Continues with the state after a crash. Returns how many acknowledged commands are lost. */
    int recover(TextSocket socket, long toleratedNanos) throws Exception;
}
