package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Edit;
import dev.tessera.impl.command.EditCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.edit.Increment;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.protocol.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code KV_INCR}: adds a number to the number in each key, exactly. What does not exist counts as 0. */
public final class KvIncr extends EditCommand {

    private final EntriesParameter keys;
    private final PathParameter path;

    /** Declares the command. */
    public KvIncr(JsonPathCache paths, SearchLimits limits, EntryLimits entries) {
        this(EntriesParameter.numbers("keys", entries), PathParameter.singular("path", paths), limits);
    }

    private KvIncr(EntriesParameter keys, PathParameter path, SearchLimits limits) {
        super("KV_INCR", "Adds a number to the number in each key, exactly.", limits, keys, path);
        this.keys = keys;
        this.path = path;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.NO_PATH, Status.KEY_TYPE_INVALID, Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    protected Entries keys(Request request) {
        return request.require(keys);
    }

    @Override
    protected Edit edit(Request request, int index, byte @Nullable [] found, EvaluationBudget budget) {
        Entries named = keys(request);
        Increment sum = Increment.of(
                found,
                found == null ? 0 : KeyRecord.valueFrom(found),
                found == null ? 0 : found.length,
                PathParameter.place(request.get(path)),
                named.text(),
                named.valueFrom(index),
                named.valueTo(index),
                limits().digitsMax(),
                limits().valueBytesMax(),
                budget);
        return new Edit(sum.json(), sum.number());
    }
}
