package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;

/** A command that concerns one token, and so runs on one partition. */
public abstract class PartitionCommand extends Command {

    /** Declares a command. */
    protected PartitionCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    @Override
    public boolean takesToken() {
        return true;
    }

    /**
     * The token by which the request is routed. Commands that come without one make or derive it here.
     *
     * <p>Thread: the gateway's.
     */
    public long route(Request request, TokenSource tokens) {
        return request.token();
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        execute(request, partitions.of(request.token()), nowMs, answer);
    }

    /** Executes the command on its partition. */
    protected abstract void execute(Request request, Partition partition, long nowMs, Answer answer);
}
