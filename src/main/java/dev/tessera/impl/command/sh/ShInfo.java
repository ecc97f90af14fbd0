package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.List;

/** {@code SH_INFO}: describes a session. It does not move the end of the session. */
public final class ShInfo extends SessionCommand {

    private static final Answer.Field SHARED = Answer.field("shared");
    private static final Answer.Field KEY_COUNT = Answer.field("keyCnt");
    private static final Answer.Field EXPIRES = Answer.field("expires");
    private static final Answer.Field EXPIRY = Answer.field("expiry");
    private static final Answer.Field DURATION = Answer.field("duration");
    private static final Answer.Field REMAINING = Answer.field("remaining");
    private static final Answer.Field DELETE_SESSION = Answer.field("deleteSession");

    /** Declares the command. */
    public ShInfo() {
        super("SH_INFO", "Describes a session.", Effect.READ);
    }

    @Override
    public List<Parameter<?>> options() {
        return RequestOptions.OF_READS;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            answer.fault(request, NO_SESSION);
            return;
        }
        Expiry expiry = session.expiry();
        answer.begin(this)
                .st(Status.OK)
                .tkn(request.token())
                .flag(SHARED, session.shared())
                .number(KEY_COUNT, session.keys().size())
                .flag(EXPIRES, expiry.expires());
        if (expiry.expires()) {
            answer.openObject(EXPIRY)
                    .number(DURATION, expiry.durationSeconds())
                    .number(REMAINING, session.remainingSeconds(nowMs))
                    .flag(DELETE_SESSION, expiry.deleteSession())
                    .closeObject();
        }
        if (request.wantsRevisions()) {
            answer.number(Answer.REVISION, session.revision());
        }
        answer.end(request);
    }
}
