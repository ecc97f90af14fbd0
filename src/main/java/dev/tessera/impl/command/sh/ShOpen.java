package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.PartitionCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.NameParameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.Arrays;

/** {@code SH_OPEN}: finds a shared session by its name. */
public final class ShOpen extends PartitionCommand {

    private static final NameParameter NAME = new NameParameter("name");

    /** Declares the command. */
    public ShOpen() {
        super("SH_OPEN", "Gives the token of a shared session.", NAME);
    }

    @Override
    public boolean takesToken() {
        return false;
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public long route(Request request, TokenSource tokens) {
        return tokens.shared(request.get(NAME));
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] name = request.get(NAME);
        Session session = partition.find(request.token(), nowMs);
        if (session == null || !session.shared() || !Arrays.equals(session.name(), name)) {
            answer.fault(request, new Fault(Status.SESSION_OPEN_FAIL, "no shared session has this name"));
        } else {
            answer.begin(this)
                    .st(Status.OK)
                    .text(Answer.NAME, name)
                    .tkn(request.token())
                    .end();
        }
    }
}
