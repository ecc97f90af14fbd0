package dev.tessera.impl.command;

import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import java.util.Objects;

/**
 * A command that the server sends to one of its own partitions. It travels as commands of clients do, and so arrives in
 * order with them. Clients cannot send it, because no {@link Commands} contain it. Its argument and reply are bytes.
 *
 * <p>The command's own reply begins with {@link #DONE}. A reply that begins otherwise is the answer of an owner that
 * could not execute the command.
 */
public abstract class InternalCommand extends Command {

    /** The first byte of the command's own reply. */
    public static final byte DONE = Answer.PART;

    /** Declares a command. */
    protected InternalCommand(String name, String summary, Effect effect) {
        super(name, summary, effect);
    }

    @Override
    public final Route route(Request request, TokenSource tokens, PartitionMap map) {
        return Route.ONE_PARTITION;
    }

    /** Returns no limit: a reply is bounded by the size of a chunk, and may be larger than a client's answer. */
    @Override
    public final int replyBytesMax(int answerBytesMax) {
        return Integer.MAX_VALUE;
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        execute(request, partition(request, partitions), nowMs, answer);
    }

    /** Returns the partition of a request. The owner has it, because the router sent the request there. */
    protected static Partition partition(Request request, Partitions partitions) {
        return Objects.requireNonNull(partitions.at(request.partition(0)));
    }

    /**
     * Executes a request on its partition. The reply begins with {@link Answer#beginPart}, unless it is a fault.
     *
     * <p>Thread: the owner of the partition.
     */
    protected abstract void execute(Request request, Partition partition, long nowMs, Answer answer);
}
