package dev.tessera.client;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * One session: a handle that holds only its token. Thread-safe. If the session does not exist, results fail with
 * {@code SESSION_NOT_EXIST}.
 */
public interface TesseraSession extends TesseraKeys {

    /** Returns the token, with which other clients get this session (see {@link TesseraClient#session}). */
    SessionToken token();

    /** Describes the session without using it. */
    Future<SessionInfo> info();

    /**
     * Sets another expiry of the session, which begins now, and again after each use of its keys.
     *
     * @param duration whole seconds; zero for a session that never expires
     * @param deleteSession whether the expired session is deleted; otherwise it stays, without keys
     */
    Future<Void> expire(Duration duration, boolean deleteSession);

    /** Begins a batch of commands that the server applies in one step. */
    TesseraBatch batch();

    /** Ends the session and drops its keys. */
    Future<Void> end();
}
