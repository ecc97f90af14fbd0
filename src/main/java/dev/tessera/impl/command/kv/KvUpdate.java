package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.KeyParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.command.parameter.ValueParameter;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.UpdateResult;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_UPDATE}: replaces every match of a JSONPath inside the value of one key by another value. The bytes around
 * the matches stay unchanged.
 *
 * <p>An update is atomic. The owner evaluates it on its own thread for a moment. If that is not enough, a worker
 * evaluates it, and the owner stores the result if the value is still the same. Otherwise the worker begins again.
 */
public final class KvUpdate extends KeySpaceCommand {

    private static final KeyParameter KEY = new KeyParameter("key");
    private static final ValueParameter VALUE = new ValueParameter("value");
    private static final Answer.Field KEY_FIELD = Answer.field("key");

    /** The work of an evaluation, which may take all its time on a small value. */
    private static final int WORK_BYTES = 1024 * 1024;
    /** The most evaluations on a worker, if the value changes during each of them. */
    private static final int ATTEMPTS_MAX = 5;

    private final PathParameter path;
    private final SearchLimits limits;

    /** Declares the command. */
    public KvUpdate(JsonPathCache paths, SearchLimits limits) {
        this(PathParameter.valid("path", paths), limits);
    }

    private KvUpdate(PathParameter path, SearchLimits limits) {
        super("KV_UPDATE", "Replaces the parts of a value that a JSONPath matches.", Effect.WRITE, KEY, path, VALUE);
        this.path = path;
        this.limits = limits;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    public boolean endsWithClient() {
        return true;
    }

    @Override
    protected Keys keys(Request request) {
        return Keys.of(request.require(KEY));
    }

    @Override
    protected boolean concernsAll(Request request) {
        return false;
    }

    @Override
    protected long valueBytesMax(Request request) {
        return limits.valueBytesMax();
    }

    @Override
    protected long growthMax(KeySpace keys, Request request, Answer answer) {
        Slice key = request.require(KEY);
        byte[] found = keys.get(key.array(), key.from(), key.to());
        if (found == null) {
            return 0;
        }
        Evaluation evaluation = evaluation(found, request, answer);
        // The execution uses it.
        answer.prepare(evaluation);
        return evaluation.growth(keys);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        Slice key = request.require(KEY);
        byte[] found = keys.get(key.array(), key.from(), key.to());
        if (found == null) {
            write(answer, request, keys, Status.KEY_NOT_EXIST, 0);
            return;
        }
        Evaluation evaluation = evaluation(found, request, answer);
        UpdateResult result = evaluation.result;
        if (evaluation.fault != null) {
            answer.fault(request, evaluation.fault);
        } else if (result == null) {
            evaluation.snapshots = List.of(keys.snapshotOf(found));
            answer.later(evaluation);
        } else {
            if (result.count() > 0) {
                keys.putInPlace(key.array(), key.from(), key.to(), result.json(), 0, result.json().length);
            }
            write(answer, request, keys, Status.OK, result.count());
        }
    }

    /** Returns the evaluation of a record. A worker must run it if it has neither a result nor a fault. */
    private Evaluation evaluation(byte[] found, Request request, Answer answer) {
        answer.worked(WORK_BYTES);
        if (answer.prepared() instanceof Evaluation earlier && earlier.request == request) {
            return earlier.isFinal(found) ? earlier : new Evaluation(found, this, request, earlier.attempt + 1);
        }
        Evaluation first = new Evaluation(found, this, request, 1);
        return first.run(limits.updateSlice()) ? first : new Evaluation(found, this, request, 1);
    }

    /** The evaluation of an update on one record. */
    private static final class Evaluation implements Preparation {

        private static final Fault TOO_MANY_CHANGES =
                new Fault(Status.TIME_EXCEEDED, Messages.updateOvertaken(ATTEMPTS_MAX));

        private final byte[] found;
        private final KvUpdate command;
        private final Request request;
        private final int attempt;
        /** Contains the record while a worker needs it. */
        private List<KeySnapshot> snapshots = List.of();

        private @Nullable UpdateResult result;
        private @Nullable Fault fault;

        Evaluation(byte[] found, KvUpdate command, Request request, int attempt) {
            this.found = found;
            this.command = command;
            this.request = request;
            this.attempt = attempt;
        }

        /** Returns whether the result holds for a record. The last attempt ends in a fault if it does not. */
        boolean isFinal(byte[] now) {
            if (now != found && attempt == ATTEMPTS_MAX) {
                fault = TOO_MANY_CHANGES;
            }
            return now == found || attempt == ATTEMPTS_MAX;
        }

        /** Returns the bytes on the heap by which the result grows the record. */
        long growth(KeySpace keys) {
            return fault != null || result == null || result.count() == 0
                    ? 0
                    : keys.replacementGrowth(found, result.json().length, KeyRecord.endMs(found) != KeyRecord.NO_END);
        }

        @Override
        public List<KeySnapshot> snapshots() {
            return snapshots;
        }

        @Override
        public void run(BooleanSupplier gone) {
            run(command.limits.update(gone));
        }

        /** Evaluates the update. Returns false if the time has run out. */
        boolean run(EvaluationBudget budget) {
            try {
                UpdateResult updated = request.require(command.path)
                        .update(
                                found,
                                KeyRecord.valueFrom(found),
                                found.length,
                                request.require(VALUE).copy(),
                                command.limits.valueBytesMax(),
                                budget);
                if (updated.count() > 0) {
                    command.requireDepth(updated.json());
                }
                result = updated;
            } catch (BudgetExceededException e) {
                fault = KvFind.fault(e);
                return e.limit() != BudgetExceededException.Limit.TIME;
            } catch (JsonException e) {
                fault = new Fault(Status.LIMIT_EXCEEDED, Messages.updateTooDeep(e.getMessage()));
            }
            return true;
        }
    }

    /** Checks the depth, because updates nest values in values, deeper than a message may be. */
    private void requireDepth(byte[] json) {
        JsonScanner scanner = new JsonScanner(limits.depthMax());
        scanner.reset(json, 0, json.length);
        scanner.skipValue();
    }

    private void write(Answer answer, Request request, KeySpace keys, Status status, int count) {
        Slice key = request.require(KEY);
        answer.begin(this).tkn(request).st(status).text(KEY_FIELD, key).number(Answer.COUNT, count);
        if (request.wantsRevisions()) {
            answer.number(Answer.REVISION, keys.revision());
        }
        answer.end(request);
    }
}
