package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.edit.EditException;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.KeySpaceGrowth;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of an {@link EditCommand} on the present records of its keys. It has all results, or a fault, or
 * neither; then a worker must run it.
 *
 * <p>Thread: the owner's; a worker's between {@link #leave} and the second execution of the command.
 */
final class Evaluation implements Preparation {

    /** The most evaluations on a worker, if a value changes during each of them. */
    private static final int ATTEMPTS_MAX = 5;

    private static final Fault TOO_MANY_CHANGES =
            new Fault(Status.TIME_EXCEEDED, Messages.updateOvertaken(ATTEMPTS_MAX));

    private final EditCommand command;
    private final Request request;
    private final Keys named;
    /** The indexes of the keys that the owner has; null for all of them. */
    private final int @Nullable [] owned;
    /** The records of these keys, with null for a key that does not exist. */
    private final byte[] @Nullable [] found;

    private final int attempt;
    /** The time that this attempt and the earlier ones have spent on workers, which share one budget. */
    private long spentNs;
    /** Contains the records while a worker needs them. */
    private List<KeySnapshot> snapshots = List.of();

    private final @Nullable Edit[] edits;
    /** Whether no record can have changed since the evaluation, because the same step uses it. */
    private boolean holdsNow;

    private boolean complete;
    private @Nullable Fault fault;
    private int operation = EditException.NO_OPERATION;

    private Evaluation(
            EditCommand command,
            Request request,
            Keys named,
            int @Nullable [] owned,
            byte[] @Nullable [] found,
            int attempt,
            long spentNs) {
        this.command = command;
        this.request = request;
        this.named = named;
        this.owned = owned;
        this.found = found;
        this.attempt = attempt;
        this.spentNs = spentNs;
        this.edits = new Edit[found.length];
    }

    /**
     * Finds the records of a request, without a result.
     *
     * @param owned the indexes of the keys that the owner has; null for all of them
     */
    static Evaluation of(
            EditCommand command, Request request, Keys named, int @Nullable [] owned, IntFunction<KeySpace> keysOf) {
        byte[] @Nullable [] found = new byte[owned == null ? named.size() : owned.length][];
        for (int i = 0; i < found.length; i++) {
            int key = owned == null ? i : owned[i];
            found[i] = keysOf.apply(key).get(named.text(), named.from(key), named.to(key));
        }
        return new Evaluation(command, request, named, owned, found, 1, 0);
    }

    private Evaluation withoutResults(int nextAttempt, long spentBeforeNs) {
        return new Evaluation(command, request, named, owned, found, nextAttempt, spentBeforeNs);
    }

    /** Returns this evaluation with its results, or one without results if the owner's time is not enough. */
    Evaluation runByOwner(EvaluationBudget slice) {
        return run(slice) ? this : withoutResults(attempt, spentNs);
    }

    /**
     * Returns the evaluation that holds for the present records: the earlier one if they are the same. The last attempt
     * ends in a fault if they are not, and so does one after which no time is left.
     */
    Evaluation after(Evaluation earlier) {
        if (hasRecordsOf(earlier)) {
            return earlier;
        }
        Fault end = command.limits().timeOver(earlier.spentNs);
        if (end == null && earlier.attempt == ATTEMPTS_MAX) {
            end = TOO_MANY_CHANGES;
        }
        if (end != null) {
            earlier.fault = end;
            earlier.operation = EditException.NO_OPERATION;
            return earlier;
        }
        Evaluation next = withoutResults(earlier.attempt + 1, earlier.spentNs);
        return exist() ? next : next.runByOwner(command.limits().updateSlice());
    }

    private boolean hasRecordsOf(Evaluation other) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] != other.found[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether any of the keys exists. */
    private boolean exist() {
        for (byte[] one : found) {
            if (one != null) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether it is an evaluation of the present records for certain. */
    boolean holdsNow() {
        return holdsNow;
    }

    /** Sets whether it is an evaluation of the present records for certain. */
    void holdNow(boolean holds) {
        holdsNow = holds;
    }

    boolean isOf(Request other) {
        return request == other;
    }

    /** Returns the number of keys that the owner has. */
    int size() {
        return found.length;
    }

    /** Returns the index of a key in the request. */
    int key(int index) {
        return owned == null ? index : owned[index];
    }

    /** Returns the result for a key; only if {@link #isComplete}. */
    Edit edit(int index) {
        return Objects.requireNonNull(edits[index]);
    }

    /** Returns all results; only if {@link #isComplete}. */
    List<Edit> edits() {
        return Arrays.asList(edits);
    }

    /** Returns whether there is a result for each key, and no fault. */
    boolean isComplete() {
        return complete && fault == null;
    }

    /** Returns the bytes that an evaluation looks at. */
    int recordBytes() {
        long bytes = 0;
        for (byte[] one : found) {
            bytes += one == null ? 0 : one.length;
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE / 2);
    }

    // The computation

    @Override
    public List<KeySnapshot> snapshots() {
        return snapshots;
    }

    @Override
    public void run(BooleanSupplier gone) {
        EvaluationBudget budget = command.limits().update(spentNs, gone);
        run(budget);
        spentNs = budget.spentNs();
    }

    /** Computes all results. Returns false if the time has run out. */
    private boolean run(EvaluationBudget budget) {
        int index = 0;
        long bytes = 0;
        try {
            for (; index < found.length && fault == null; index++) {
                Edit edit = command.edit(request, key(index), found[index], budget);
                edits[index] = edit;
                fault = edit.fault();
                bytes += edit.value() == null ? 0 : edit.value().length;
                if (bytes > command.limits().commandBytesMax()) {
                    fault = new Fault(
                            Status.LIMIT_EXCEEDED,
                            Messages.changesTooLarge(command.limits().commandBytesMax()));
                }
            }
            complete = true;
        } catch (BudgetExceededException e) {
            fault = SearchLimits.fault(e);
            return e.limit() != BudgetExceededException.Limit.TIME;
        } catch (JsonException e) {
            fault = new Fault(Status.LIMIT_EXCEEDED, Messages.updateTooDeep(e.getMessage()));
        } catch (EditException e) {
            fault = command.fault(named, key(index), e);
            operation = e.operation();
        }
        return true;
    }

    // The outcome

    /** Writes the fault, or leaves the evaluation to a worker. */
    void leave(IntFunction<KeySpace> keysOf, Answer answer) {
        if (fault == null) {
            snapshots = snapshots(keysOf);
            answer.later(this);
        } else if (operation == EditException.NO_OPERATION) {
            answer.fault(request, fault);
        } else {
            answer.beginFault(request, fault.status())
                    .message(fault.message())
                    .number(EditCommand.OPERATION, operation)
                    .end(request);
        }
    }

    private List<KeySnapshot> snapshots(IntFunction<KeySpace> keysOf) {
        if (owned == null) {
            return List.of(keysOf.apply(0).snapshotOf(found));
        }
        List<KeySnapshot> records = new ArrayList<>(found.length);
        for (int i = 0; i < found.length; i++) {
            records.add(keysOf.apply(key(i)).snapshotOf(found[i]));
        }
        return records;
    }

    /** Stores all results. */
    void store(IntFunction<KeySpace> keysOf) {
        for (int i = 0; i < found.length; i++) {
            byte[] value = edit(i).value();
            int key = key(i);
            KeySpace keys = keysOf.apply(key);
            if (value != null) {
                long endMs = endMs(i, keys);
                keys.put(named.text(), named.from(key), named.to(key), value, 0, value.length, endMs);
            } else if (movesEnd(i, keys)) {
                keys.moveEnd(named.text(), named.from(key), named.to(key), endMs(i, keys));
            }
        }
    }

    /** Returns the end of a key after the command. */
    private long endMs(int index, KeySpace keys) {
        int key = key(index);
        return KeyEnds.endMs(request, named.text(), named.from(key), named.to(key), found[index], true, keys.nowMs());
    }

    /** Returns whether a key that keeps its value gets another end. */
    private boolean movesEnd(int index, KeySpace keys) {
        byte[] old = found[index];
        return old != null && KeyEnds.any(request) && endMs(index, keys) != KeyRecord.endMs(old);
    }

    /** Returns the bytes on the heap by which the results grow the key spaces. */
    long growth(IntFunction<KeySpace> keysOf) {
        if (!isComplete()) {
            return 0;
        }
        if (owned == null) {
            // All keys are in one key space.
            KeySpace keys = keysOf.apply(0);
            KeySpaceGrowth growth = new KeySpaceGrowth(keys);
            for (int i = 0; i < found.length; i++) {
                add(growth, keys, i);
            }
            return growth.bytes();
        }
        Map<KeySpace, KeySpaceGrowth> growth = new HashMap<>();
        for (int i = 0; i < found.length; i++) {
            KeySpace keys = keysOf.apply(key(i));
            add(growth.computeIfAbsent(keys, KeySpaceGrowth::new), keys, i);
        }
        return growth.values().stream().mapToLong(KeySpaceGrowth::bytes).sum();
    }

    private void add(KeySpaceGrowth growth, KeySpace keys, int index) {
        byte[] old = found[index];
        byte[] value = edit(index).value();
        if (value == null && !movesEnd(index, keys)) {
            return;
        }
        boolean hasEnd = endMs(index, keys) != KeyRecord.NO_END;
        long valueBytes = value != null ? value.length : old == null ? 0 : (long) old.length - KeyRecord.valueFrom(old);
        long textBytes = named.to(key(index)) - named.from(key(index)) + valueBytes;
        growth.add(old, KeySpace.recordBytes(textBytes, hasEnd), hasEnd);
    }
}
