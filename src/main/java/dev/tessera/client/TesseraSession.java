package dev.tessera.client;

import io.vertx.core.Future;

/**
 * One session: a handle that holds only its token. Thread-safe. If the session does not exist, results fail with
 * {@code SESSION_NOT_EXIST}.
 */
public interface TesseraSession extends TesseraKeys {

    /** Returns the token, with which other clients get this session (see {@link TesseraClient#session}). */
    SessionToken token();

    /** Describes the session without using it. */
    Future<SessionInfo> info();

    /** Ends the session and drops its keys. */
    Future<Void> end();
}
