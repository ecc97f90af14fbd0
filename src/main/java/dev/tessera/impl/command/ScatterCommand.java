package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.session.Partitions;

/** A command that concerns all partitions. */
public abstract class ScatterCommand extends GatheredCommand {

    /** Declares a command. */
    protected ScatterCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        answer.beginPart();
        writePart(request, partitions, nowMs, answer);
    }

    /** Writes the part of one owner, with {@link Answer#part()}. */
    protected abstract void writePart(Request request, Partitions partitions, long nowMs, Answer answer);
}
