package dev.tessera.client;

import dev.tessera.impl.json.Slice;
import dev.tessera.impl.routing.CommandIntake;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A client that writes commands and reads their answers. The {@link CallQueue} transports both. */
final class CommandClient implements TesseraClient {

    private final CallQueue calls;

    CommandClient(CallQueue calls) {
        this.calls = calls;
    }

    @Override
    public Future<TesseraSession> newSession(String name, SessionOptions options) {
        Arguments.notNull(options, "options");
        return calls.submit(newSession(name, options.isShared(), options), this::openedSession);
    }

    @Override
    public Future<TesseraSession> openOrCreate(String name, SessionOptions options) {
        Arguments.notNull(options, "options");
        return calls.submit(newSession(name, true, options).flag("open", true), this::openedSession);
    }

    private static CommandText newSession(String name, boolean shared, SessionOptions options) {
        CommandText text = CommandText.of("SH_NEW").text("name", name).flag("shared", shared);
        return options.getDuration().isZero() ? text : text.expiry(options);
    }

    @Override
    public Future<TesseraSession> openSession(String name) {
        return calls.submit(CommandText.of("SH_OPEN").text("name", name), this::openedSession);
    }

    private TesseraSession openedSession(AnswerReader answer) {
        return session(AnswerReader.token(answer.member("tkn")));
    }

    @Override
    public TesseraSession session(SessionToken token) {
        return new CommandSession(calls, Arguments.notNull(token, "token"));
    }

    @Override
    public TesseraKeys globalKeys() {
        return new CommandKeys(calls, null);
    }

    @Override
    public Future<Set<SessionToken>> exist(Collection<SessionToken> tokens) {
        return calls.submit(
                CommandText.of("SH_EXISTS").tokens(tokens),
                answer -> new LinkedHashSet<>(answer.tokens(answer.member("exist"))));
    }

    @Override
    public Future<SessionTotals> info() {
        return calls.submit(CommandText.of("SH_INFO_ALL"), answer -> totals(answer, "totalSessions", "totalKeys"));
    }

    private static SessionTotals totals(AnswerReader answer, String sessions, String keys) {
        Map<String, Slice> body = answer.body();
        return new SessionTotals(
                AnswerReader.number(AnswerReader.member(body, sessions)),
                AnswerReader.number(AnswerReader.member(body, keys)));
    }

    @Override
    public Future<Long> endAllSessions() {
        return calls.submit(CommandText.of("SH_END_ALL"), answer -> AnswerReader.number(answer.member("cnt")));
    }

    @Override
    public Future<Duration> save(String name) {
        return save(CommandText.of("SH_SAVE").text("name", name));
    }

    @Override
    public Future<Duration> save(String name, Collection<SessionToken> tokens) {
        return save(CommandText.of("SH_SAVE").text("name", name).tokens(tokens));
    }

    private Future<Duration> save(CommandText text) {
        return calls.submitLong(text, answer -> Duration.ofMillis(AnswerReader.number(answer.member("duration"))));
    }

    @Override
    public Future<SessionTotals> load(String name) {
        return calls.submitLong(
                CommandText.of("SH_LOAD").text("name", name), answer -> totals(answer, "sessions", "keys"));
    }

    @Override
    public Future<Buffer> execute(Buffer command) {
        return calls.submit(
                Arguments.notNull(command, "command").getBytes(),
                answer -> Buffer.buffer(answer.whole().copy()));
    }

    @Override
    public Future<String> execute(String command) {
        return calls.submit(
                CommandIntake.utf8(Arguments.notNull(command, "command")),
                answer -> answer.whole().toString());
    }

    /** See {@link CallQueue#checkAtRest}. */
    Future<Void> checkAtRest() {
        return calls.checkAtRest();
    }

    @Override
    public Future<Void> close() {
        return calls.close();
    }
}
