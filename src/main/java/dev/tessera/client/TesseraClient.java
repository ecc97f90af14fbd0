package dev.tessera.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * A client of sessions with JSON key-values, for a program in the Vert.x of a server, or in one that has joined its
 * cluster.
 *
 * <pre>{@code
 * TesseraClient tessera = TesseraClient.create(vertx);
 * tessera.newSession("basket", new SessionOptions().setDuration(Duration.ofMinutes(10)).setDeleteSession(true))
 *     .compose(basket -> basket.set("customer", "Ada"));
 * }</pre>
 *
 * <p>A refused command fails its future with a {@link TesseraException}. So does a call that finds no server
 * ({@code UNAVAILABLE}), gets no answer in time ({@code OUTCOME_UNKNOWN}), or exceeds the limit of waiting calls
 * ({@code LIMIT_EXCEEDED}). A null argument is a fault of the program: the method itself throws a
 * {@link NullPointerException} that names it.
 *
 * <p>Thread-safe. Calls of one context on one session are applied in their order. Results come on the context of the
 * caller, or on the client's own context if the caller has none. A client belongs to the verticle that creates it, and
 * ends with it.
 */
public interface TesseraClient {

    /** Creates a client with the default limits. */
    static TesseraClient create(Vertx vertx) {
        return create(vertx, new TesseraClientOptions());
    }

    /** Creates a client with these limits. */
    static TesseraClient create(Vertx vertx, TesseraClientOptions options) {
        return new CommandClient(
                new CallQueue(Arguments.notNull(vertx, "Vertx"), Arguments.notNull(options, "options")));
    }

    /** Creates a session that is not shared and never expires. */
    default Future<TesseraSession> newSession(String name) {
        return newSession(name, new SessionOptions());
    }

    /**
     * Creates a session. Fails with {@code SESSION_NEW_FAIL} if a shared session of this name exists already.
     *
     * @param name not empty
     */
    Future<TesseraSession> newSession(String name, SessionOptions options);

    /** Opens a shared session by its name. Fails with {@code SESSION_OPEN_FAIL} if it does not exist. */
    Future<TesseraSession> openSession(String name);

    /** Opens a shared session by its name, or creates one that never expires. */
    default Future<TesseraSession> openOrCreate(String name) {
        return openOrCreate(name, new SessionOptions());
    }

    /**
     * Opens a shared session by its name, or creates it, in one step. A session that exists keeps its expiry. The
     * session is shared, whatever the options say.
     *
     * @param name not empty
     */
    Future<TesseraSession> openOrCreate(String name, SessionOptions options);

    /** Returns a handle of the session with this token, without checking whether the session exists. */
    TesseraSession session(SessionToken token);

    /**
     * Returns the global key space of a server without sessions. On a server with sessions, results fail with
     * {@code SESSION_TOKEN_INVALID}.
     */
    TesseraKeys globalKeys();

    /** Returns the tokens whose sessions exist, in their order. */
    Future<Set<SessionToken>> exist(Collection<SessionToken> tokens);

    /** Returns the number of all sessions and keys. */
    Future<SessionTotals> info();

    /** Ends all sessions. Returns their number. */
    Future<Long> endAllSessions();

    /**
     * Saves all sessions into files of the server. Completes after the save can be loaded, without a timeout. Fails
     * with {@code COMMAND_DISABLED} if saving is not enabled, and with {@code SAVE_DIR_WRITE_FAIL} or
     * {@code SAVE_ERROR} if the server cannot write the files.
     *
     * @param name a plain directory name
     * @return the duration of the save
     */
    Future<Duration> save(String name);

    /** Saves the sessions with these tokens, at least one; see {@link #save(String)}. */
    Future<Duration> save(String name, Collection<SessionToken> tokens);

    /**
     * Loads the newest save of a name, without a timeout. Sessions that exist stay unchanged. Fails with
     * {@code LOAD_ERROR} if the save does not exist or its files are damaged; the message contains the number of
     * sessions that were loaded before.
     *
     * @return the number of loaded sessions and keys
     */
    Future<SessionTotals> load(String name);

    /**
     * Executes any command.
     *
     * @param command the protocol's JSON
     * @return the answer's JSON, even if it is a refusal; empty if the command is silent
     */
    Future<Buffer> execute(Buffer command);

    /** Executes any command; see {@link #execute(Buffer)}. */
    Future<String> execute(String command);

    /**
     * Closes the client. Calls that wait for their answers fail with {@code OUTCOME_UNKNOWN}, later calls with
     * {@code UNAVAILABLE}.
     */
    Future<Void> close();
}
