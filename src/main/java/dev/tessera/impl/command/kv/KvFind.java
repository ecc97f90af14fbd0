package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Fragments;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.ChoiceParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_FIND}: searches values by a JSONPath.
 *
 * <p>The owner only takes a snapshot of the session. A worker searches it. So a search does not block other commands.
 * The count of a part is the number of results.
 */
public final class KvFind extends KeySpaceCommand {

    private static final ChoiceParameter<FindForm> FORM = new ChoiceParameter<>("rsp", FindForm.class);
    private static final KeysParameter KEYS = KeysParameter.optional("keys");

    /** The records of a key that does not exist. */
    private static final KeySnapshot NOTHING = KeySnapshot.of(new byte[1][]);

    private final PathParameter path;
    private final SearchLimits limits;

    /** Declares the command. */
    public KvFind(JsonPathCache paths, SearchLimits limits) {
        this(PathParameter.notEmpty("path", paths), limits);
    }

    private KvFind(PathParameter path, SearchLimits limits) {
        super("KV_FIND", "Searches values by a JSONPath.", Effect.READ, FORM, path, KEYS);
        this.path = path;
        this.limits = limits;
    }

    @Override
    public List<Parameter<?>> options() {
        return RequestOptions.OF_READS;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    protected @Nullable Keys keys(Request request) {
        return request.get(KEYS);
    }

    @Override
    protected boolean concernsAll(Request request) {
        return request.get(KEYS) == null;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        Keys names = request.get(KEYS);
        KeySnapshot records = names == null ? keys.snapshot() : records(names, keys);
        long nowMs = keys.nowMs();
        defer(request, answer, List.of(records), (budget, deferred) -> {
            FoundRevisions revisions = wantsRevisions(request) ? new FoundRevisions() : null;
            open(request, deferred);
            records.forEach(nowMs, one -> search(one, request, budget, deferred, revisions));
            close(request, revisions, deferred);
        });
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        Keys names = request.get(KEYS);
        List<KeySnapshot> snapshots = names == null
                ? snapshots(partitions)
                : records(names, index -> globalKeys(partitions.at(request.partition(index))));
        long nowMs = nowMs(partitions);
        defer(request, answer, snapshots, (budget, deferred) -> {
            JsonWriter part = deferred.beginPart().part();
            int countAt = part.size();
            part.longBytes(0);
            if (names == null) {
                searchAll(snapshots, nowMs, request, budget, deferred);
            } else {
                searchNamed(snapshots, request, budget, deferred);
            }
            Bytes.putLong(part.array(), countAt, budget.results());
        });
    }

    private void searchAll(
            List<KeySnapshot> snapshots, long nowMs, Request request, EvaluationBudget budget, Answer deferred) {
        if (!wantsRevisions(request)) {
            snapshots.forEach(records -> records.forEach(nowMs, one -> search(one, request, budget, deferred, null)));
            return;
        }
        FoundRevisions revisions = new FoundRevisions();
        JsonWriter part = deferred.part();
        int lengthAt = part.size();
        part.intBytes(0);
        snapshots.forEach(records -> records.forEach(nowMs, one -> search(one, request, budget, deferred, revisions)));
        Bytes.putInt(part.array(), lengthAt, part.size() - lengthAt - Integer.BYTES);
        Slice members = revisions.members();
        part.raw(members.array(), members.from(), members.to());
    }

    private void searchNamed(List<KeySnapshot> records, Request request, EvaluationBudget budget, Answer deferred) {
        for (int i = 0; i < records.size(); i++) {
            byte[] one = records.get(i).get(0);
            if (one != null) {
                deferred.openFragment(i);
                if (search(one, request, budget, deferred, null) && wantsRevisions(request)) {
                    deferred.part().longBytes(KeyRecord.revision(one));
                }
                deferred.closeFragment();
            }
        }
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        if (Fragments.count(parts) > limits.resultsMax()) {
            answer.fault(
                    request,
                    new Fault(Status.LIMIT_EXCEEDED, BudgetExceededException.tooManyResults(limits.resultsMax())));
            return;
        }
        FoundRevisions revisions = wantsRevisions(request) ? new FoundRevisions() : null;
        open(request, answer);
        Keys names = request.get(KEYS);
        if (names == null) {
            parts.forEach(part -> writePart(part, revisions, answer));
        } else {
            Fragments fragments = Fragments.of(parts, names.size());
            for (int i = 0; i < names.size(); i++) {
                Slice fragment = fragments.get(i);
                if (fragment != null && fragment.length() > 0) {
                    writeFragment(fragment, names, i, revisions, answer);
                }
            }
        }
        close(request, revisions, answer);
    }

    /** Writes the results of one owner. Their length comes before them if the revisions follow them. */
    private static void writePart(Slice part, @Nullable FoundRevisions revisions, Answer answer) {
        int from = part.from() + Long.BYTES;
        if (revisions == null) {
            part.set(part.array(), from, part.to());
            answer.elements(part);
            return;
        }
        int resultsFrom = from + Integer.BYTES;
        int resultsTo = resultsFrom + Bytes.intAt(part.array(), from);
        Slice slice = new Slice();
        slice.set(part.array(), resultsFrom, resultsTo);
        answer.elements(slice);
        slice.set(part.array(), resultsTo, part.to());
        revisions.add(slice);
    }

    /** Writes the results in the value of one key. Its revision follows them. */
    private static void writeFragment(
            Slice fragment, Keys names, int index, @Nullable FoundRevisions revisions, Answer answer) {
        if (revisions != null) {
            int revisionAt = fragment.to() - Long.BYTES;
            revisions.add(names.text(), names.from(index), names.to(index), Bytes.longAt(fragment.array(), revisionAt));
            fragment.set(fragment.array(), fragment.from(), revisionAt);
        }
        answer.elements(fragment);
    }

    /** A search within a budget. Thread: any but the owner's. */
    private interface Search {
        void run(EvaluationBudget budget, Answer deferred);
    }

    private void defer(Request request, Answer answer, List<KeySnapshot> records, Search search) {
        answer.later(new Deferred() {
            @Override
            public void write(Answer deferred, BooleanSupplier gone) {
                try {
                    search.run(limits.find(gone), deferred);
                } catch (BudgetExceededException e) {
                    deferred.restart().fault(request, SearchLimits.fault(e));
                }
            }

            @Override
            public List<KeySnapshot> snapshots() {
                return records;
            }
        });
    }

    /** Returns the records of keys, with null for a key that does not exist. */
    private static KeySnapshot records(Keys names, KeySpace keys) {
        byte[] @Nullable [] records = new byte[names.size()][];
        for (int i = 0; i < records.length; i++) {
            records[i] = keys.get(names.text(), names.from(i), names.to(i));
        }
        return keys.snapshotOf(records);
    }

    /** Returns a snapshot for each key, because each may belong to another key space. */
    private static List<KeySnapshot> records(Keys names, IntFunction<@Nullable KeySpace> keysOf) {
        List<KeySnapshot> records = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            KeySpace keys = keysOf.apply(i);
            byte[] found = keys == null ? null : keys.get(names.text(), names.from(i), names.to(i));
            records.add(keys == null || found == null ? NOTHING : keys.snapshotOf(found));
        }
        return records;
    }

    /** Returns the snapshots of all global keys of one owner. */
    static List<KeySnapshot> snapshots(Partitions partitions) {
        List<KeySnapshot> snapshots = new ArrayList<>();
        partitions.forEach(partition -> {
            if (partition.globalKeys().heldSize() > 0) {
                snapshots.add(partition.globalKeys().snapshot());
            }
        });
        return snapshots;
    }

    private static @Nullable KeySpace globalKeys(@Nullable Partition partition) {
        return partition == null ? null : partition.globalKeys();
    }

    private void open(Request request, Answer answer) {
        request.require(FORM).open(answer.begin(this).tkn(request).st(Status.OK));
    }

    private static void close(Request request, @Nullable FoundRevisions revisions, Answer answer) {
        request.require(FORM).close(answer);
        if (revisions != null) {
            revisions.write(answer);
        }
        answer.end(request);
    }

    /** Writes the results in one record, and adds its revision. Returns whether the results name its key. */
    private boolean search(
            byte[] one, Request request, EvaluationBudget budget, Answer answer, @Nullable FoundRevisions revisions) {
        boolean named = request.require(FORM).search(one, request.require(path), budget, answer);
        if (named && revisions != null) {
            revisions.add(one);
        }
        return named;
    }

    /** Returns whether the reply contains the revisions of the keys that it names. */
    private static boolean wantsRevisions(Request request) {
        return request.wantsRevisions() && request.require(FORM).namesKeys();
    }
}
