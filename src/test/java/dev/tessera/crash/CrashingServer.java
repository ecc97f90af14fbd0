package dev.tessera.crash;

/** A server that can be killed at any moment, and started again with what is left of its data. */
interface CrashingServer extends AutoCloseable {

    /** Starts it, and waits until it serves; gives the port for clients. */
    int start() throws Exception;

    /** Kills it. */
    void crash() throws Exception;

    @Override
    void close();
}
