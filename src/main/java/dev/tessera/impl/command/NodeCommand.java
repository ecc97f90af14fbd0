package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.Partitions;

/**
 * A command that no store executes but the server process itself, and that takes its time: {@code SH_SAVE} and
 * {@code SH_LOAD}. Before its answer it may give a first one, which says that it has begun.
 */
public abstract class NodeCommand extends Command {

    /** Declares a command. */
    protected NodeCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    @Override
    public final boolean takesToken() {
        return false;
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        throw new IllegalStateException(name() + " is no store's");
    }
}
