package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.NameParameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.Set;

/** {@code SH_OPEN}: finds a shared session by its name. */
public final class ShOpen extends SessionCommand {

    private static final NameParameter NAME = new NameParameter("name");

    /** Declares the command. */
    public ShOpen() {
        super("SH_OPEN", "Returns the token of a shared session.", Effect.READ, NAME);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.SESSION_OPEN_FAIL);
    }

    @Override
    public boolean takesToken() {
        return false;
    }

    @Override
    protected long token(Request request, TokenSource tokens) {
        return tokens.shared(request.require(NAME));
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] name = request.require(NAME);
        Session session = partition.find(request.token(), nowMs);
        if (session == null || !session.shared() || !Arrays.equals(session.name(), name)) {
            answer.fault(request, new Fault(Status.SESSION_OPEN_FAIL, Messages.NO_SHARED_SESSION));
        } else {
            answer.begin(this)
                    .st(Status.OK)
                    .text(Answer.NAME, name)
                    .tkn(request.token())
                    .end(request);
        }
    }
}
