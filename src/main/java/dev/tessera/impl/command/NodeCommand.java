package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.Set;

/**
 * A command that the server process executes, not a store, and that may take hours: {@code SH_SAVE} and
 * {@code SH_LOAD}. It may send an earlier answer, which states that it has begun.
 */
public abstract class NodeCommand extends Command {

    /** Declares a command. */
    protected NodeCommand(String name, String summary, Effect effect, Parameter<?>... parameters) {
        super(name, summary, effect, parameters);
    }

    @Override
    public final Route route(Request request, TokenSource tokens, PartitionMap map) {
        return Route.NODE;
    }

    /** Returns none, because a command that has begun answers a refused change with a status of its own. */
    @Override
    protected final Set<Status> changeFaults() {
        return Set.of();
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        throw new IllegalStateException(name() + " does not run in a store");
    }
}
