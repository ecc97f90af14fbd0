package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.command.parameter.ExpiryParameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import org.jspecify.annotations.Nullable;

/** {@code SH_EXPIRE}: gives a session another expiry, whose duration begins now. It changes no keys. */
public final class ShExpire extends SessionCommand {

    private static final ExpiryParameter EXPIRY = ExpiryParameter.orNever("expiry");

    /** Declares the command. */
    public ShExpire() {
        super("SH_EXPIRE", "Gives a session another expiry, which begins now.", Effect.WRITE, EXPIRY);
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        return ChangeBound.COMMAND_BYTES;
    }

    @Override
    protected @Nullable Fault refusal(Request request, Partitions partitions, Partition partition, long nowMs) {
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            return null;
        }
        long growth = partition.expiryGrowthMax(session, request.require(EXPIRY));
        return growth <= 0
                        || partition.memory().reserve(growth)
                        || partitions.makeRoom(partition.memory(), growth, 0, session, nowMs)
                ? null
                : MEMORY_FULL;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            answer.fault(request, NO_SESSION);
            return;
        }
        Expiry expiry = request.require(EXPIRY);
        partition.moveExpiry(session, expiry, nowMs);
        answer.begin(this).st(Status.OK).tkn(request.token()).end(request);
    }
}
