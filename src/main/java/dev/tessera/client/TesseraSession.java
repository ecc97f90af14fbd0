package dev.tessera.client;

import io.vertx.core.Future;

/**
 * One session: a handle that holds its token and nothing else. Thread-safe. Where the session does not exist, results
 * fail with {@code SESSION_NOT_EXIST}.
 */
public interface TesseraSession extends TesseraKeys {

    /** Its token, by which others find it (see {@link TesseraClient#session}). */
    SessionToken token();

    /** Describes the session, without using it. */
    Future<SessionInfo> info();

    /** Ends the session and drops its keys. */
    Future<Void> end();
}
