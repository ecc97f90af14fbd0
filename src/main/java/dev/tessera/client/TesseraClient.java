package dev.tessera.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Sessions of JSON key-values for a program that runs in the same Vert.x as a server, or in one that has joined its
 * cluster.
 *
 * <pre>{@code
 * TesseraClient tessera = TesseraClient.create(vertx);
 * tessera.newSession("basket", new SessionOptions().setDurationSeconds(600).setDeleteSession(true))
 *     .compose(basket -> basket.set("customer", "Ada"));
 * }</pre>
 *
 * <p>A command that is refused fails its future with a {@link TesseraException}. So does a call that finds no server
 * ({@code UNAVAILABLE}), that gets no answer in time ({@code OUTCOME_UNKNOWN}), or that comes while too many wait
 * ({@code LIMIT_EXCEEDED}).
 *
 * <p>Thread-safe. What one context calls on one session is applied in the order of the calls. Results come on the
 * context that called, or on the client's own where the caller has none. A client belongs to the verticle that creates
 * it and ends with it.
 */
public interface TesseraClient {

    /** A client with the limits that are set by default. */
    static TesseraClient create(Vertx vertx) {
        return create(vertx, new TesseraClientOptions());
    }

    /** A client with limits of its own. */
    static TesseraClient create(Vertx vertx, TesseraClientOptions options) {
        return new CommandClient(new CallQueue(vertx, options));
    }

    /** Makes a session that is not shared and lasts for ever. */
    default Future<TesseraSession> newSession(String name) {
        return newSession(name, new SessionOptions());
    }

    /**
     * Makes a session; fails with {@code SESSION_NEW_FAIL} if it is to be shared and one of this name is.
     *
     * @param name not empty
     */
    Future<TesseraSession> newSession(String name, SessionOptions options);

    /** Opens a shared session by its name; fails with {@code SESSION_OPEN_FAIL} if there is none. */
    Future<TesseraSession> openSession(String name);

    /** The session with this token, whether there is one or not. */
    TesseraSession session(SessionToken token);

    /**
     * The keys of everybody, where sessions are switched off; otherwise results fail with
     * {@code SESSION_TOKEN_INVALID}.
     */
    TesseraKeys commonKeys();

    /** Those of the tokens that have a session, in their order. */
    Future<Set<SessionToken>> exist(Collection<SessionToken> tokens);

    /** Counts all sessions and keys. */
    Future<SessionTotals> info();

    /** Ends all sessions; says how many there were. */
    Future<Long> endAllSessions();

    /**
     * Saves all sessions into files of the server, and completes when the save can be loaded; it may take as long as it
     * does. Fails with {@code COMMAND_DISABLED} where saving is not enabled, and with {@code SAVE_DIR_WRITE_FAIL} or
     * {@code SAVE_ERROR} where the files cannot be written.
     *
     * @param name a plain directory name
     * @return how long it took
     */
    Future<Duration> save(String name);

    /** As {@link #save(String)}, of those sessions that have one of some tokens; at least one. */
    Future<Duration> save(String name, Collection<SessionToken> tokens);

    /**
     * Loads the newest save of a name; sessions that exist are left as they are. It may take as long as it does. Fails
     * with {@code LOAD_ERROR} where there is no such save, or its files are damaged; the message says how many sessions
     * were loaded before that was seen.
     *
     * @return what was loaded
     */
    Future<SessionTotals> load(String name);

    /**
     * Executes any command.
     *
     * @param command the protocol's JSON
     * @return the answer's JSON, also where it is a refusal; empty where the command is silent
     */
    Future<Buffer> execute(Buffer command);

    /** As {@link #execute(Buffer)}. */
    Future<String> execute(String command);

    /**
     * Ends the client. Calls that wait for their answers fail with {@code OUTCOME_UNKNOWN}, further ones with
     * {@code UNAVAILABLE}.
     */
    Future<Void> close();
}
