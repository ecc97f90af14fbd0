package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Fragments;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.ChoiceParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * {@code KV_FIND}: searches values by a JSONPath.
 *
 * <p>The owner only takes references to the records, which never change; they are evaluated on another thread. So a
 * search sees the session as it was when its turn came, and holds up nobody. The count of a part is the number of
 * results.
 */
public final class KvFind extends KeySpaceCommand {

    private static final ChoiceParameter<FindForm> FORM = new ChoiceParameter<>("rsp", FindForm.class);
    private static final KeysParameter KEYS = KeysParameter.optional("keys");

    private final PathParameter path;
    private final SearchLimits limits;

    /** Declares the command. */
    public KvFind(JsonPathCache paths, SearchLimits limits) {
        this(PathParameter.notEmpty("path", paths), limits);
    }

    private KvFind(PathParameter path, SearchLimits limits) {
        super("KV_FIND", "Searches values by a JSONPath.", FORM, path, KEYS);
        this.path = path;
        this.limits = limits;
    }

    @Override
    protected Keys keys(Request request) {
        return request.get(KEYS);
    }

    @Override
    protected boolean concernsAll(Request request) {
        return request.get(KEYS) == null;
    }

    @Override
    protected boolean changesKeys() {
        return false;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        Keys names = request.get(KEYS);
        byte[][] records = names == null ? keys.snapshot() : records(names, index -> keys);
        later(request, answer, (budget, later) -> {
            open(request, later);
            for (byte[] one : records) {
                search(one, request, budget, later);
            }
            close(request, later);
        });
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        Keys names = request.get(KEYS);
        byte[][] records = names == null
                ? records(partitions)
                : records(names, index -> globalKeys(partitions.at(request.partitions()[index])));
        later(request, answer, (budget, later) -> {
            JsonWriter part = later.beginPart().part();
            int count = part.size();
            part.longBytes(0);
            for (int i = 0; i < records.length; i++) {
                if (names == null) {
                    search(records[i], request, budget, later);
                } else if (records[i] != null) {
                    later.openFragment(i);
                    search(records[i], request, budget, later);
                    later.closeFragment();
                }
            }
            Bytes.putLong(part.array(), count, budget.results());
        });
    }

    @Override
    protected void gather(Request request, List<Slice> parts, Answer answer) {
        if (Fragments.count(parts) > limits.resultsMax()) {
            answer.fault(
                    request,
                    new Fault(Status.LIMIT_EXCEEDED, "the search has more than " + limits.resultsMax() + " results"));
            return;
        }
        open(request, answer);
        Keys names = request.get(KEYS);
        if (names == null) {
            for (Slice part : parts) {
                part.set(part.array(), part.from() + Long.BYTES, part.to());
                answer.elements(part);
            }
        } else {
            Fragments fragments = Fragments.of(parts, names.size());
            for (int i = 0; i < names.size(); i++) {
                if (fragments.get(i) != null) {
                    answer.elements(fragments.get(i));
                }
            }
        }
        close(request, answer);
    }

    /** A search within its budget, away from the owner's thread. */
    private interface Search {
        void run(EvaluationBudget budget, Answer later);
    }

    private void later(Request request, Answer answer, Search search) {
        answer.later(later -> {
            try {
                search.run(limits.find(), later);
            } catch (BudgetExceededException e) {
                later.restart().fault(request, fault(e));
            }
        });
    }

    /** The records of keys, with null for a key that is not there. */
    private static byte[][] records(Keys names, IntFunction<KeySpace> keysOf) {
        byte[][] records = new byte[names.size()][];
        for (int i = 0; i < records.length; i++) {
            KeySpace keys = keysOf.apply(i);
            records[i] = keys == null ? null : keys.get(names.text(), names.from(i), names.to(i));
        }
        return records;
    }

    /** The records of all keys in common that are here. */
    private static byte[][] records(Partitions partitions) {
        List<byte[]> records = new ArrayList<>();
        partitions.forEach(
                partition -> Collections.addAll(records, partition.globalKeys().snapshot()));
        return records.toArray(byte[][]::new);
    }

    private static KeySpace globalKeys(Partition partition) {
        return partition == null ? null : partition.globalKeys();
    }

    private void open(Request request, Answer answer) {
        request.get(FORM).open(answer.begin(this).tkn(request).st(Status.OK));
    }

    private static void close(Request request, Answer answer) {
        request.get(FORM).close(answer);
        answer.end();
    }

    /** Writes what is found in one record, which is null for a key that is not there. */
    private void search(byte[] one, Request request, EvaluationBudget budget, Answer answer) {
        if (one != null) {
            request.get(FORM).search(one, request.get(path), budget, answer);
        }
    }

    static Fault fault(BudgetExceededException e) {
        return new Fault(
                e.limit() == BudgetExceededException.Limit.TIME ? Status.TIME_EXCEEDED : Status.LIMIT_EXCEEDED,
                e.getMessage());
    }
}
