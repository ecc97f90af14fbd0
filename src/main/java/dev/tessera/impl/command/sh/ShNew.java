package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.PartitionCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.ExpiryParameter;
import dev.tessera.impl.command.parameter.FlagParameter;
import dev.tessera.impl.command.parameter.NameParameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;

/** {@code SH_NEW}: makes a session. */
public final class ShNew extends PartitionCommand {

    private static final NameParameter NAME = new NameParameter("name");
    private static final FlagParameter SHARED = new FlagParameter("shared");
    private static final ExpiryParameter EXPIRY = new ExpiryParameter("expiry");

    /** Declares the command. */
    public ShNew() {
        super("SH_NEW", "Makes a session and gives its token.", NAME, SHARED, EXPIRY);
    }

    @Override
    public boolean takesToken() {
        return false;
    }

    @Override
    public long route(Request request, TokenSource tokens) {
        return request.get(SHARED, false) ? tokens.shared(request.get(NAME)) : tokens.random();
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        return ChangeBound.COMMAND_BYTES + request.get(NAME).length;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] name = request.get(NAME);
        boolean shared = request.get(SHARED, false);
        Expiry expiry = request.get(EXPIRY, Expiry.NEVER);
        if (partition.create(request.token(), name, shared, expiry, nowMs) == null) {
            answer.fault(
                    request,
                    new Fault(
                            Status.SESSION_NEW_FAIL,
                            shared
                                    ? "a shared session of this name exists already"
                                    : "the token that was drawn is in use; try again"));
        } else {
            answer.begin(this)
                    .st(Status.OK)
                    .text(Answer.NAME, name)
                    .tkn(request.token())
                    .end();
        }
    }
}
