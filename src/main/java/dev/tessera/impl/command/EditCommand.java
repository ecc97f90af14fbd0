package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.edit.EditException;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A command that changes values in place. It computes the new values of all its keys from the present ones, and then
 * stores all of them or none. The keys share one budget of time.
 *
 * <p>The owner computes on its own thread for a moment. If that is not enough, a worker computes, and the owner stores
 * the results if the values are still the same. Otherwise the worker begins again.
 *
 * <p>Without sessions, each owner of some of the keys changes all of these or none.
 */
public abstract class EditCommand extends KeySpaceCommand {

    static final Answer.Field OPERATION = Answer.field("op");

    /** The work of an evaluation that may take all its time on a small value. */
    protected static final int WORK_BYTES = 1024 * 1024;

    private final SearchLimits limits;

    /** Declares a command. */
    protected EditCommand(String name, String summary, SearchLimits limits, Parameter<?>... parameters) {
        super(name, summary, Effect.WRITE, parameters);
        this.limits = limits;
    }

    @Override
    protected abstract Keys keys(Request request);

    /**
     * Computes the new value of a key. Thread: the owner's, or a worker's.
     *
     * @param index the index of the key among {@link #keys}
     * @param found the record of the key; null if it does not exist
     * @throws EditException if the value cannot be changed so
     * @throws BudgetExceededException if the budget ends, or the new value is too large
     * @throws JsonException if the new value is too deep
     */
    protected abstract Edit edit(Request request, int index, byte @Nullable [] found, EvaluationBudget budget);

    /**
     * Writes the answer of a command on one key space up to its revision: by default, {@code keys} with the answer of
     * each key.
     */
    protected void write(Request request, List<Edit> edits, Answer answer) {
        Keys named = keys(request);
        answer.beginKeys(this, request, false);
        for (int i = 0; i < edits.size(); i++) {
            answer.key(named, i).raw(edits.get(i).answer());
        }
        answer.closeObject();
    }

    @Override
    public final List<Parameter<?>> options() {
        return RequestOptions.OF_STORES;
    }

    /** Returns whether the command stores keys that do not exist. */
    protected boolean adds() {
        return true;
    }

    /** Returns the bytes that an evaluation may look at, beside those of the request. */
    protected int workBytes() {
        return 0;
    }

    /** Returns the limits of an evaluation. */
    protected final SearchLimits limits() {
        return limits;
    }

    /** Fails if a value is deeper than a message may be, because changes nest values in values. */
    protected final void requireDepth(byte[] json) {
        requireDepth(json, 0, json.length, 0);
    }

    /** Fails if a part of a value is too deep for its place in the value. */
    protected final void requireDepth(byte[] json, int from, int to, int depthAround) {
        JsonScanner scanner = new JsonScanner(Math.max(0, limits.depthMax() - depthAround));
        scanner.reset(json, from, to);
        scanner.skipValue();
    }

    @Override
    protected final boolean mayBeInBatch() {
        return true;
    }

    @Override
    protected final boolean concernsAll(Request request) {
        return false;
    }

    @Override
    protected final long valueBytesMax(Request request) {
        return Math.min((long) keys(request).size() * limits.valueBytesMax(), limits.commandBytesMax());
    }

    @Override
    protected final long keysAfter(KeySpace keys, Request request, boolean exact) {
        if (!adds()) {
            return super.keysAfter(keys, request, exact);
        }
        Keys named = keys(request);
        return exact ? (long) keys.size() + absent(keys, named) : (long) keys.heldSize() + named.size();
    }

    @Override
    protected final long growthMax(KeySpace keys, Request request, Answer answer) {
        Evaluation evaluation = evaluation(null, index -> keys, request, answer);
        evaluation.holdNow(true);
        answer.prepare(evaluation);
        return evaluation.growth(index -> keys);
    }

    @Override
    protected final void apply(KeySpace keys, Request request, Answer answer) {
        Evaluation evaluation = evaluation(null, index -> keys, request, answer);
        if (evaluation.isComplete()) {
            evaluation.store(index -> keys);
            write(request, evaluation.edits(), answer);
            if (request.wantsRevisions()) {
                answer.number(Answer.REVISION, keys.revision());
            }
            answer.end(request);
        } else {
            evaluation.leave(index -> keys, answer);
        }
    }

    @Override
    protected final void applyPart(Partitions partitions, Request request, Answer answer) {
        IntFunction<KeySpace> keysOf = index ->
                Objects.requireNonNull(partitions.at(request.partition(index))).globalKeys();
        Evaluation evaluation = evaluation(owned(partitions, request), keysOf, request, answer);
        if (!evaluation.isComplete()) {
            evaluation.leave(keysOf, answer);
            return;
        }
        executeReserved(
                request,
                () -> keysOf.apply(evaluation.key(0)).memory().budget(),
                evaluation.growth(keysOf),
                answer,
                () -> storePart(evaluation, keysOf, request, answer));
    }

    private void storePart(Evaluation evaluation, IntFunction<KeySpace> keysOf, Request request, Answer answer) {
        evaluation.store(keysOf);
        answer.beginPart().part().longBytes(0);
        for (int i = 0; i < evaluation.size(); i++) {
            int key = evaluation.key(i);
            answer.openFragment(key);
            answer.part().raw(evaluation.edit(i).answer());
            closeFragment(request, keysOf.apply(key), keys(request), key, answer);
        }
    }

    /** Returns the indexes of the keys that an owner has; it has at least one. */
    private int[] owned(Partitions partitions, Request request) {
        return IntStream.range(0, keys(request).size())
                .filter(index -> partitions.at(request.partition(index)) != null)
                .toArray();
    }

    /** Returns the evaluation on the present records, which {@link #growthMax} has made already if it was called. */
    private Evaluation evaluation(
            int @Nullable [] owned, IntFunction<KeySpace> keysOf, Request request, Answer answer) {
        Evaluation prepared = prepared(request, answer);
        if (prepared != null && prepared.holdsNow()) {
            prepared.holdNow(false);
            return prepared;
        }
        Evaluation now = Evaluation.of(this, request, keys(request), owned, keysOf);
        answer.worked(Math.max(now.recordBytes(), workBytes()));
        return prepared == null ? now.runByOwner(answer.slice(limits)) : now.after(prepared);
    }

    private static @Nullable Evaluation prepared(Request request, Answer answer) {
        return answer.prepared() instanceof Evaluation earlier && earlier.isOf(request) ? earlier : null;
    }

    @Override
    protected final void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        Keys named = keys(request);
        Fragments fragments = Fragments.of(parts, named.size());
        answer.beginKeys(this, request, false);
        writeKeys(request, fragments, named, answer);
        answer.closeObject();
        if (request.wantsRevisions()) {
            writeRevisions(fragments, named, answer);
        }
        answer.end(request);
    }

    @Override
    protected final void writeNotApplied(Request request, List<Slice> parts, Answer answer) {
        writeMissing(keys(request), parts, answer);
    }

    /** Returns the fault of a key whose value cannot be changed. */
    final Fault fault(Keys named, int index, EditException e) {
        String key = JsonString.decode(named.text(), named.from(index), named.to(index));
        Status status = switch (e.reason()) {
            case NO_PLACE -> Status.NO_PATH;
            case WRONG_TYPE -> Status.KEY_TYPE_INVALID;
            case CONFLICT -> Status.CONFLICT;
            case LIMIT -> Status.LIMIT_EXCEEDED;
        };
        return new Fault(status, Messages.cannotChange(key, e.getMessage()));
    }
}
