package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tessera.impl.command.Edit;
import dev.tessera.impl.command.EditCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.edit.MergePatch;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.protocol.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code KV_MERGE}: merges a JSON merge patch into the value of each key. A key that does not exist counts as {}. */
public final class KvMerge extends EditCommand {

    private static final byte[] EMPTY_OBJECT = {'{', '}'};
    private static final byte[] ADDED = Integer.toString(Status.KEY_SET.code()).getBytes(US_ASCII);
    private static final byte[] MERGED =
            Integer.toString(Status.KEY_UPDATED.code()).getBytes(US_ASCII);

    private final EntriesParameter keys;

    /** Declares the command. */
    public KvMerge(SearchLimits limits, EntryLimits entries) {
        this(EntriesParameter.notEmpty("keys", entries), limits);
    }

    private KvMerge(EntriesParameter keys, SearchLimits limits) {
        super("KV_MERGE", "Merges a JSON merge patch into the value of each key.", limits, keys);
        this.keys = keys;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    protected Entries keys(Request request) {
        return request.require(keys);
    }

    @Override
    protected int workBytes() {
        return WORK_BYTES;
    }

    @Override
    protected Edit edit(Request request, int index, byte @Nullable [] found, EvaluationBudget budget) {
        Entries named = keys(request);
        byte[] merged = MergePatch.apply(
                found == null ? EMPTY_OBJECT : found,
                found == null ? 0 : KeyRecord.valueFrom(found),
                found == null ? EMPTY_OBJECT.length : found.length,
                named.text(),
                named.valueFrom(index),
                named.valueTo(index),
                limits().valueBytesMax(),
                budget);
        if (merged != null) {
            requireDepth(merged);
        }
        return found == null ? new Edit(merged == null ? EMPTY_OBJECT : merged, ADDED) : new Edit(merged, MERGED);
    }
}
