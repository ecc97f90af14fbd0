package dev.tessera.crash;

/** A server that a test can kill at any moment, and start again with the rest of its data. */
interface CrashingServer extends AutoCloseable {

    /** Starts the server, waits until it serves, and returns the port for clients. */
    int start() throws Exception;

    /** Kills the server. */
    void crash() throws Exception;

    @Override
    void close();
}
