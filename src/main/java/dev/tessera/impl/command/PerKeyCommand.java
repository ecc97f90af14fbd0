package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that does the same to each key that it names. A subclass states what that is, and the {@link Shape} of the
 * answer; it does not know whether the keys lie in one key space or in many.
 *
 * @param <K> the value of the command's parameter: keys, or keys with values
 */
public abstract class PerKeyCommand<K extends Keys> extends KeySpaceCommand {

    /** The members of an answer around the keys. */
    protected enum Shape {
        /** The member {@code keys} alone. */
        KEYS,
        /** No answer at all, except a fault. */
        SILENCE,
        /** As {@link #KEYS}, but no answer at all if no key is answered. */
        KEYS_OR_SILENCE,
        /** {@code st} and {@code keys}. */
        ST_KEYS,
        /** {@code st}, {@code cnt} with the result of {@link #prepare}, and {@code keys}. */
        ST_COUNT_KEYS,
        /** None: every key is a member of the answer itself. */
        MEMBERS
    }

    private final Parameter<K> parameter;
    private final Shape shape;

    /**
     * Declares a command.
     *
     * @param keys its one parameter, which is required
     */
    protected PerKeyCommand(String name, String summary, Effect effect, Parameter<K> keys, Shape shape) {
        super(name, summary, effect, keys);
        this.parameter = keys;
        this.shape = shape;
    }

    /** Executes the command on one key, and answers it or stays silent about it. */
    protected abstract void applyToKey(KeySpace keys, Request request, K named, int index, KeyAnswers answers);

    /**
     * Prepares a whole key space before its keys are executed, and returns a count. Called only for
     * {@link Shape#ST_COUNT_KEYS}.
     */
    protected long prepare(KeySpace keys) {
        throw new IllegalStateException(name() + " counts nothing");
    }

    @Override
    protected final boolean concernsAll(Request request) {
        return shape == Shape.ST_COUNT_KEYS;
    }

    @Override
    protected final Keys keys(Request request) {
        return request.require(parameter);
    }

    @Override
    protected final long valueBytesMax(Request request) {
        return request.require(parameter).valueBytes();
    }

    /** Returns whether the command replaces the value of a key that exists; if not, it leaves the value unchanged. */
    protected boolean replaces() {
        return true;
    }

    @Override
    protected final long growthMax(KeySpace keys, Request request, Answer answer) {
        // The message contains all keys and values, and its length is known.
        return keys.growthMax(request.require(parameter).size(), request.textLength(), false);
    }

    @Override
    protected final long growth(KeySpace keys, Request request, Answer answer) {
        K named = request.require(parameter);
        if (concernsAll(request)) {
            return recordBytes(named) + KeySpace.tableBytes(named.size()) - freedByClear(keys);
        }
        long bytes = 0;
        int added = 0;
        for (int i = 0; i < named.size(); i++) {
            byte[] old = keys.get(named.text(), named.from(i), named.to(i));
            bytes += growth(keys, old, named, i);
            added += old == null ? 1 : 0;
        }
        return bytes + keys.tableGrowth(added);
    }

    private long recordBytes(K named) {
        long bytes = 0;
        for (int i = 0; i < named.size(); i++) {
            bytes += recordBytes(named, i);
        }
        return bytes;
    }

    private static long freedByClear(KeySpace keys) {
        return keys.keepsLostRecords() ? 0 : keys.memoryBytes();
    }

    private long recordBytes(K named, int index) {
        return KeySpace.recordBytes(named.to(index) - named.from(index) + named.valueBytes(index), false);
    }

    private long growth(KeySpace keys, byte @Nullable [] old, K named, int index) {
        if (old == null) {
            return recordBytes(named, index);
        }
        return replaces() ? keys.replacementGrowth(old, named.valueBytes(index), false) : 0;
    }

    @Override
    protected final long keysAfter(KeySpace keys, Request request, boolean exact) {
        K named = request.require(parameter);
        if (concernsAll(request)) {
            return named.size();
        }
        if (!exact) {
            return (long) keys.size() + named.size();
        }
        int added = 0;
        for (int i = 0; i < named.size(); i++) {
            added += keys.contains(named.text(), named.from(i), named.to(i)) ? 0 : 1;
        }
        return (long) keys.size() + added;
    }

    /** Returns the bytes by which the owner's part of a request grows its key spaces. */
    private long partGrowth(Partitions partitions, Request request, K named) {
        boolean all = concernsAll(request);
        long[] bytes = new long[1];
        Map<Partition, Integer> added = new HashMap<>();
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                KeySpace keys = partition.globalKeys();
                byte[] old = all ? null : keys.get(named.text(), named.from(i), named.to(i));
                bytes[0] += growth(keys, old, named, i);
                added.merge(partition, old == null ? 1 : 0, Integer::sum);
            }
        }
        added.forEach((partition, count) -> bytes[0] +=
                all ? KeySpace.tableBytes(count) : partition.globalKeys().tableGrowth(count));
        if (all) {
            partitions.forEach(partition -> bytes[0] -= freedByClear(partition.globalKeys()));
        }
        return bytes[0];
    }

    @Override
    protected final void applyPart(Partitions partitions, Request request, Answer answer) {
        K named = request.require(parameter);
        long growth = effect() == Effect.WRITE ? partGrowth(partitions, request, named) : 0;
        if (growth <= 0) {
            applyPart(partitions, request, named, answer);
            return;
        }
        // The part concerns many accounts, so the budget reserves the bytes until all of them have taken theirs.
        MemoryBudget memory = budget(partitions, request, named);
        if (memory.reserve(growth)) {
            try {
                applyPart(partitions, request, named, answer);
            } finally {
                memory.release(growth);
            }
        } else {
            refuse(request, memory, answer);
        }
    }

    /** Returns the budget of the partitions; this owner must have one of the named keys. */
    private static MemoryBudget budget(Partitions partitions, Request request, Keys named) {
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                return partition.memory().budget();
            }
        }
        throw new IllegalStateException("the owner has none of the keys");
    }

    @Override
    protected final void apply(KeySpace keys, Request request, Answer answer) {
        K named = request.require(parameter);
        open(request, concernsAll(request) ? prepare(keys) : 0, answer);
        for (int i = 0; i < named.size(); i++) {
            applyToKey(keys, request, named, i, answer);
        }
        close(request, answer);
    }

    private void applyPart(Partitions partitions, Request request, K named, Answer answer) {
        long[] count = new long[1];
        if (concernsAll(request)) {
            partitions.forEach(partition -> count[0] += prepare(partition.globalKeys()));
        }
        answer.beginPart().part().longBytes(count[0]);
        KeyAnswers answers = (keys, index) -> answer.part();
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                answer.openFragment(i);
                applyToKey(partition.globalKeys(), request, named, i, answers);
                answer.closeFragment();
            }
        }
    }

    @Override
    protected final void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        K named = request.require(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        open(request, Fragments.count(parts), answer);
        for (int i = 0; i < named.size(); i++) {
            Slice fragment = fragments.get(i);
            if (fragment != null && fragment.length() > 0) {
                answer.key(named, i).raw(fragment.array(), fragment.from(), fragment.to());
            }
        }
        close(request, answer);
    }

    @Override
    protected final void writeNotApplied(Request request, List<Slice> parts, Answer answer) {
        K named = request.require(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        openNotApplied(answer);
        for (int i = 0; i < named.size(); i++) {
            if (fragments.get(i) == null) {
                answer.element().quoted(named.text(), named.from(i), named.to(i));
            }
        }
        answer.closeArray();
    }

    private void open(Request request, long count, Answer answer) {
        if (shape == Shape.SILENCE) {
            return;
        }
        switch (shape) {
            case MEMBERS -> answer.begin(this).tkn(request);
            case ST_COUNT_KEYS ->
                answer.begin(this)
                        .tkn(request)
                        .st(Status.OK)
                        .number(Answer.COUNT, count)
                        .openObject(Answer.KEYS);
            default -> answer.beginKeys(this, request, shape == Shape.ST_KEYS);
        }
    }

    private void close(Request request, Answer answer) {
        if (shape == Shape.SILENCE) {
            return;
        }
        if (shape == Shape.KEYS_OR_SILENCE && answer.isEmpty()) {
            answer.discard();
            return;
        }
        if (shape != Shape.MEMBERS) {
            answer.closeObject();
        }
        answer.end(request);
    }
}
