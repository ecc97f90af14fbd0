package dev.tessera.client;

import io.vertx.core.Future;

/**
 * A client's way to a server. What is submitted is applied in that order on each session. Thread: the client's context.
 */
interface ServerLink {

    /** Makes it ready to send; to be called once, before anything else. */
    Future<Void> open();

    /** Takes a call that leaves with the next {@link #flush()}. */
    void submit(Call<?> call);

    /** Sends what was submitted. */
    void flush();

    /** Sends and receives no more. */
    Future<Void> close();

    /** Throws where anything waits to be sent or answered though nobody waits for anything; for tests. */
    void checkAtRest();
}
