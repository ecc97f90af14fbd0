package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tessera.impl.command.Edit;
import dev.tessera.impl.command.EditCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.CountParameter;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.edit.Appended;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.protocol.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_APPEND}: appends elements to the array in each key, and keeps the last {@code max} of them. What does not
 * exist counts as [].
 */
public final class KvAppend extends EditCommand {

    private static final CountParameter MAX = new CountParameter("max", "The number of last elements that stay.");

    private final EntriesParameter keys;
    private final PathParameter path;

    /** Declares the command. */
    public KvAppend(JsonPathCache paths, SearchLimits limits, EntryLimits entries) {
        this(EntriesParameter.arrays("keys", entries), PathParameter.singular("path", paths), limits);
    }

    private KvAppend(EntriesParameter keys, PathParameter path, SearchLimits limits) {
        super("KV_APPEND", "Appends elements to the array in each key.", limits, keys, path, MAX);
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
        SingularPath place = PathParameter.place(request.get(path));
        Appended appended = Appended.of(
                found,
                found == null ? 0 : KeyRecord.valueFrom(found),
                found == null ? 0 : found.length,
                place,
                named.text(),
                named.valueFrom(index),
                named.valueTo(index),
                request.get(MAX, Long.MAX_VALUE),
                limits().valueBytesMax(),
                budget);
        // The new elements are as deep as the array is.
        requireDepth(named.text(), named.valueFrom(index), named.valueTo(index), place.length());
        return new Edit(appended.json(), Long.toString(appended.length()).getBytes(US_ASCII));
    }
}
