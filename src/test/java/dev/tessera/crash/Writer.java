package dev.tessera.crash;

import dev.tessera.testing.TextSocket;

/**
 * What one connection writes, with a model of what that makes. Confined to the connection's thread, or the test's while
 * it is not open.
 */
interface Writer {

    /** What is to be sent next; null where the replies to all that was sent must be there before anything can be. */
    Outcome next();

    /**
     * What is to be sent when all replies are there and {@link #next} had nothing; its reply is given to {@link #made}.
     */
    String making();

    /** Takes the reply to {@link #making}. */
    void made(String reply);

    /** A command that changes nothing and has a reply. */
    Outcome probe();

    /** Goes on with what is there after a crash: says how many acknowledged commands are lost. */
    int recover(TextSocket socket, long toleratedNanos) throws Exception;
}
