package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;

/** {@code SH_END}: ends a session at once, whatever its expiry. */
public final class ShEnd extends SessionCommand {

    /** Declares the command. */
    public ShEnd() {
        super("SH_END", "Ends a session and removes its keys.", Effect.REMOVE);
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        return ChangeBound.COMMAND_BYTES;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            answer.fault(request, NO_SESSION);
        } else {
            partition.remove(session, nowMs);
            answer.begin(this).st(Status.OK).tkn(request.token()).end(request);
        }
    }
}
