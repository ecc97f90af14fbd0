package dev.tessera.command.sh;

import dev.tessera.command.Answer;
import dev.tessera.command.ChangeBound;
import dev.tessera.command.PartitionCommand;
import dev.tessera.command.Request;
import dev.tessera.command.TokenSource;
import dev.tessera.command.parameter.ExpiryParameter;
import dev.tessera.command.parameter.FlagParameter;
import dev.tessera.command.parameter.NameParameter;
import dev.tessera.protocol.Fault;
import dev.tessera.protocol.Status;
import dev.tessera.session.Expiry;
import dev.tessera.session.Partition;
import dev.tessera.session.Partitions;

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
