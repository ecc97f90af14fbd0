package dev.tessera.impl.command;

import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;

/**
 * What the server asks one of its own partitions, on the way that commands of clients take, and so in order with them.
 * It is in no {@link Commands} and cannot be sent. Name, partition, argument and reply are all there is to it, and the
 * latter two are bytes.
 *
 * <p>A reply that begins with {@link #DONE} is the command's; all else is the answer of an owner that could not execute
 * it.
 */
public abstract class InternalCommand extends Command {

    /** How a reply begins that the command itself has written. */
    public static final byte DONE = Answer.PART;

    /** Declares a command. */
    protected InternalCommand(String name, String summary) {
        super(name, summary);
    }

    @Override
    public final boolean takesToken() {
        return false;
    }

    /** It is bounded by what a piece may hold, which is more than a client may want to be answered. */
    @Override
    public final int replyBytesMax(int answerBytesMax) {
        return Integer.MAX_VALUE;
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        execute(request, partitions.at(request.partitions()[0]), nowMs, answer);
    }

    /** Executes the command on its partition; its reply begins with {@link Answer#beginPart}, unless it is a fault. */
    protected abstract void execute(Request request, Partition partition, long nowMs, Answer answer);
}
