package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that may concern the partitions of several owners: each executes it on its own and gives a part, of whose
 * bytes only this command knows the meaning; the gateway makes one answer of the parts.
 *
 * <p>A part begins as {@link Answer#beginPart} lets it begin. What begins with anything else is not a part but the
 * answer of an owner that failed.
 */
public abstract class GatheredCommand extends Command {

    /** Declares a command. */
    protected GatheredCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    @Override
    public final boolean takesToken() {
        return false;
    }

    /**
     * Makes one answer of what the owners gave.
     *
     * <p>Thread: the gateway's.
     *
     * @param given one part or failure from each owner that was asked, in any order
     */
    public final void gather(Request request, List<Slice> given, Answer answer) {
        List<Slice> parts = new ArrayList<>(given.size());
        List<Slice> failures = new ArrayList<>();
        for (Slice one : given) {
            if (one.length() > 0 && one.array()[one.from()] == Answer.PART) {
                one.set(one.array(), one.from() + 1, one.to());
                parts.add(one);
            } else {
                failures.add(one);
            }
        }
        if (failures.isEmpty()) {
            writeAnswer(request, parts, answer);
        } else {
            writeFailure(request, parts, failures, answer);
        }
    }

    /** Writes the answer; every owner that was asked gave its part. */
    protected abstract void writeAnswer(Request request, List<Slice> parts, Answer answer);

    /**
     * Writes the answer where owners failed: by default, what one of them answered.
     *
     * @param failures whole answers, at least one
     */
    protected void writeFailure(Request request, List<Slice> parts, List<Slice> failures, Answer answer) {
        Slice failure = failures.get(0);
        answer.part().raw(failure.array(), failure.from(), failure.to());
    }
}
