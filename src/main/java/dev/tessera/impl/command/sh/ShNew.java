package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SessionCommand;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.ExpiryParameter;
import dev.tessera.impl.command.parameter.FlagParameter;
import dev.tessera.impl.command.parameter.NameParameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Expiry;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code SH_NEW}: creates a session, or opens a shared one that exists. */
public final class ShNew extends SessionCommand {

    private static final Fault TOO_MANY_SESSIONS = new Fault(Status.STORAGE_FULL, Messages.TOO_MANY_SESSIONS);

    private static final NameParameter NAME = new NameParameter("name");
    private static final FlagParameter SHARED = new FlagParameter("shared");
    private static final FlagParameter OPEN = new FlagParameter("open");
    private static final ExpiryParameter EXPIRY = ExpiryParameter.optional("expiry");
    private static final Answer.Field IS_NEW = Answer.field("new");

    /** Declares the command. */
    public ShNew() {
        super("SH_NEW", "Creates a session and returns its token.", Effect.WRITE, NAME, SHARED, EXPIRY, OPEN);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.SESSION_NEW_FAIL);
    }

    @Override
    public boolean takesToken() {
        return false;
    }

    @Override
    protected long token(Request request, TokenSource tokens) {
        return request.get(SHARED, false) ? tokens.shared(request.require(NAME)) : tokens.random();
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        return ChangeBound.COMMAND_BYTES + (long) request.require(NAME).length;
    }

    @Override
    protected @Nullable Fault refusal(Request request, Partitions partitions, Partition partition, long nowMs) {
        byte[] name = request.require(NAME);
        Expiry expiry = request.get(EXPIRY, Expiry.NEVER);
        // A client that learns of an existing session can open it, so this comes before a lack of room.
        if (fits(partition, name, expiry)
                || partition.find(request.token(), nowMs) != null
                || partitions.makeRoom(
                        partition.memory(), partition.newSessionBytesMax(name, expiry), 1, null, nowMs)) {
            return null;
        }
        return partition.memory().admitsSession() ? MEMORY_FULL : TOO_MANY_SESSIONS;
    }

    private static boolean fits(Partition partition, byte[] name, Expiry expiry) {
        return partition.memory().admitsSession()
                && partition.memory().reserve(partition.newSessionBytesMax(name, expiry));
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] name = request.require(NAME);
        boolean shared = request.get(SHARED, false);
        Expiry expiry = request.get(EXPIRY, Expiry.NEVER);
        boolean opens = shared && request.get(OPEN, false);
        Session created = partition.create(request.token(), name, shared, expiry, nowMs);
        if (created == null && !(opens && isOf(partition.find(request.token(), nowMs), name))) {
            answer.fault(
                    request,
                    new Fault(
                            Status.SESSION_NEW_FAIL, shared ? Messages.SHARED_SESSION_EXISTS : Messages.TOKEN_IN_USE));
            return;
        }
        answer.begin(this).st(Status.OK).text(Answer.NAME, name).tkn(request.token());
        if (opens) {
            answer.flag(IS_NEW, created != null);
        }
        answer.end(request);
    }

    private static boolean isOf(@Nullable Session session, byte[] name) {
        return session != null && session.shared() && Arrays.equals(session.name(), name);
    }
}
