package dev.tessera.client;

import io.vertx.core.Future;

/**
 * The connection of a client to a server. Each session gets the submitted calls in their order. Thread: the client's
 * context.
 */
interface ServerLink {

    /** Prepares the link for sending. The client calls it once, before anything else. */
    Future<Void> open();

    /** Takes a call. The next {@link #flush()} sends it. */
    void submit(Call<?> call);

    /** Sends all submitted calls. */
    void flush();

    /** Stops sending and receiving. */
    Future<Void> close();

    /** Throws if a call still waits to be sent or answered; for tests, after all callers have their results. */
    void checkAtRest();
}
