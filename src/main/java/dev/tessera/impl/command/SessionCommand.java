package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import org.jspecify.annotations.Nullable;

/** A command on one session as a whole. It runs on the partition of the session's token. */
public abstract class SessionCommand extends Command {

    /** The fault of a token that no session has. */
    public static final Fault NO_SESSION = new Fault(Status.SESSION_NOT_EXIST, Messages.NO_SESSION);

    /** The fault of a command whose changes do not fit into the memory for stored data. */
    public static final Fault MEMORY_FULL = new Fault(Status.STORAGE_FULL, Messages.MEMORY_FULL);

    /** Declares a command. */
    protected SessionCommand(String name, String summary, Effect effect, Parameter<?>... parameters) {
        super(name, summary, effect, parameters);
    }

    @Override
    public boolean takesToken() {
        return true;
    }

    @Override
    public final Route route(Request request, TokenSource tokens, PartitionMap map) {
        if (!takesToken()) {
            request.assignToken(token(request, tokens));
        }
        return Route.ONE_PARTITION;
    }

    /**
     * Draws or derives the token of a request that comes without one.
     *
     * <p>Thread: the gateway's.
     */
    protected long token(Request request, TokenSource tokens) {
        throw new IllegalStateException(name() + " comes with a token");
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        Partition partition = partitions.of(request.token());
        Fault refusal = refusal(request, partitions, partition, nowMs);
        if (refusal == null) {
            execute(request, partition, nowMs, answer);
        } else {
            partition.memory().budget().addRefused();
            answer.fault(request, refusal);
        }
    }

    /** Returns why the changes of a request do not fit; null if they do. */
    protected @Nullable Fault refusal(Request request, Partitions partitions, Partition partition, long nowMs) {
        return null;
    }

    /**
     * Executes a request on its partition and writes the answer.
     *
     * <p>Thread: the owner of the partition.
     */
    protected abstract void execute(Request request, Partition partition, long nowMs, Answer answer);
}
