package dev.tessera.client;

import dev.tessera.impl.json.Slice;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/** A session, as commands. */
final class CommandSession extends CommandKeys implements TesseraSession {

    private final SessionToken token;

    CommandSession(CallQueue calls, SessionToken token) {
        super(calls, token);
        this.token = token;
    }

    @Override
    public SessionToken token() {
        return token;
    }

    @Override
    public Future<SessionInfo> info() {
        return submit(command("SH_INFO"), CommandSession::info);
    }

    @Override
    public Future<Void> expire(Duration duration, boolean deleteSession) {
        // The options check the duration.
        SessionOptions options = new SessionOptions().setDuration(duration).setDeleteSession(deleteSession);
        CommandText text = command("SH_EXPIRE");
        return submit(duration.isZero() ? text.value("expiry", null) : text.expiry(options), AnswerReader::body)
                .mapEmpty();
    }

    @Override
    public TesseraBatch batch() {
        return new CommandBatch(this);
    }

    @Override
    public Future<Void> end() {
        return submit(command("SH_END"), AnswerReader::body).mapEmpty();
    }

    private static SessionInfo info(AnswerReader answer) {
        Map<String, Slice> body = answer.body();
        boolean shared = AnswerReader.flag(AnswerReader.member(body, "shared"));
        int keyCount = (int) AnswerReader.number(AnswerReader.member(body, "keyCnt"));
        if (!AnswerReader.flag(AnswerReader.member(body, "expires"))) {
            return new SessionInfo(shared, keyCount, 0, 0, false);
        }
        Map<String, Slice> expiry = answer.object(AnswerReader.member(body, "expiry"));
        return new SessionInfo(
                shared,
                keyCount,
                AnswerReader.number(AnswerReader.member(expiry, "duration")),
                AnswerReader.number(AnswerReader.member(expiry, "remaining")),
                AnswerReader.flag(AnswerReader.member(expiry, "deleteSession")));
    }

    @Override
    public String toString() {
        return "session " + token;
    }
}
