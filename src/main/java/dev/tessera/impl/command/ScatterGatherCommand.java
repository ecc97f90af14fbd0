package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that several owners may execute, each on its own partitions; by default, all owners do. Each owner writes a
 * part, whose format only the command knows. The gateway gathers the parts and writes one answer.
 *
 * <p>A part begins with {@link Answer#beginPart}. A reply that begins otherwise is the answer of an owner that failed.
 */
public abstract class ScatterGatherCommand extends Command {

    /** Declares a command. */
    protected ScatterGatherCommand(String name, String summary, Effect effect, Parameter<?>... parameters) {
        super(name, summary, effect, parameters);
    }

    @Override
    public Route route(Request request, TokenSource tokens, PartitionMap map) {
        return Route.ALL_PARTITIONS;
    }

    @Override
    public final void gather(Request request, List<Slice> replies, Answer answer) {
        List<Slice> failures = new ArrayList<>();
        List<Slice> parts = parts(replies, failures);
        if (failures.isEmpty()) {
            writeAnswer(request, parts, answer);
        } else {
            writeFailure(request, parts, failures, answer);
        }
    }

    /**
     * Returns the content of the parts among the replies.
     *
     * @param failures gets the other replies, which are whole answers
     */
    public static List<Slice> parts(List<Slice> replies, List<Slice> failures) {
        List<Slice> parts = new ArrayList<>(replies.size());
        for (Slice reply : replies) {
            if (reply.length() > 0 && reply.array()[reply.from()] == Answer.PART) {
                reply.set(reply.array(), reply.from() + 1, reply.to());
                parts.add(reply);
            } else {
                failures.add(reply);
            }
        }
        return parts;
    }

    /**
     * Writes the answer from the parts of all owners.
     *
     * <p>Thread: the gateway's.
     */
    protected abstract void writeAnswer(Request request, List<Slice> parts, Answer answer);

    /**
     * Writes the answer to a request that some owners failed to execute: by default, the answer of one of these.
     *
     * <p>Thread: the gateway's.
     *
     * @param failures whole answers, at least one
     */
    protected void writeFailure(Request request, List<Slice> parts, List<Slice> failures, Answer answer) {
        Slice failure = failures.get(0);
        answer.part().raw(failure.array(), failure.from(), failure.to());
    }
}
