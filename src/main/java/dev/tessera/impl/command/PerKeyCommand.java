package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.KeySpaceGrowth;
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
     * @param keys its first parameter, which is required
     * @param others its other parameters
     */
    protected PerKeyCommand(
            String name, String summary, Effect effect, Parameter<K> keys, Shape shape, Parameter<?>... others) {
        super(name, summary, effect, first(keys, others));
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
    protected final boolean mayBeInBatch() {
        return true;
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

    /** Returns whether the command stores keys that do not exist. */
    protected boolean creates() {
        return true;
    }

    /** Returns whether a request may give any key an end. */
    protected boolean givesEnds(Request request) {
        return false;
    }

    /**
     * Returns whether a key has an end after a request that stores it.
     *
     * @param old the present record; null if the key does not exist
     */
    protected boolean getsEnd(Request request, K named, int index, byte @Nullable [] old) {
        return false;
    }

    /**
     * Returns the bytes on the heap of the record of a key after a request that stores it.
     *
     * @param old the present record; null if the key does not exist
     */
    protected long recordBytes(Request request, K named, int index, byte @Nullable [] old) {
        long textBytes = named.to(index) - named.from(index) + named.valueBytes(index);
        return KeySpace.recordBytes(textBytes, getsEnd(request, named, index, old));
    }

    @Override
    protected long growthMax(KeySpace keys, Request request, Answer answer) {
        // The message contains all keys and values, and its length is known.
        return keys.growthMax(request.require(parameter).size(), request.textLength(), givesEnds(request));
    }

    @Override
    protected final long growth(KeySpace keys, Request request, Answer answer) {
        K named = request.require(parameter);
        KeySpaceGrowth growth = new KeySpaceGrowth(keys);
        for (int i = 0; i < named.size(); i++) {
            add(growth, keys, request, named, i);
        }
        return concernsAll(request) ? growth.bytesAfterClear() : growth.bytes();
    }

    private void add(KeySpaceGrowth growth, KeySpace keys, Request request, K named, int index) {
        byte[] old = concernsAll(request) ? null : keys.get(named.text(), named.from(index), named.to(index));
        if (old == null ? creates() : replaces()) {
            growth.add(old, recordBytes(request, named, index, old), getsEnd(request, named, index, old));
        }
    }

    @Override
    protected final long keysAfter(KeySpace keys, Request request, boolean exact) {
        K named = request.require(parameter);
        if (!creates()) {
            return 0;
        }
        if (concernsAll(request)) {
            return named.size();
        }
        return exact ? (long) keys.size() + absent(keys, named) : (long) keys.heldSize() + named.size();
    }

    /** Returns the bytes by which the owner's part of a request grows its key spaces. */
    private long partGrowth(Partitions partitions, Request request, K named) {
        boolean all = concernsAll(request);
        Map<Partition, KeySpaceGrowth> growth = new HashMap<>();
        if (all) {
            partitions.forEach(partition -> growth.put(partition, new KeySpaceGrowth(partition.globalKeys())));
        }
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                KeySpace keys = partition.globalKeys();
                add(growth.computeIfAbsent(partition, of -> new KeySpaceGrowth(keys)), keys, request, named, i);
            }
        }
        return growth.values().stream()
                .mapToLong(all ? KeySpaceGrowth::bytesAfterClear : KeySpaceGrowth::bytes)
                .sum();
    }

    @Override
    protected final void applyPart(Partitions partitions, Request request, Answer answer) {
        K named = request.require(parameter);
        long growth = effect() == Effect.WRITE ? partGrowth(partitions, request, named) : 0;
        executeReserved(
                request,
                () -> budget(partitions, request, named),
                growth,
                answer,
                () -> applyPart(partitions, request, named, answer));
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
        if (closeKeys(answer)) {
            if (request.wantsRevisions()) {
                writeRevisions(request, keys, named, answer);
            }
            answer.end(request);
        }
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
                closeFragment(request, partition.globalKeys(), named, i, answer);
            }
        }
    }

    @Override
    protected final void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        K named = request.require(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        open(request, Fragments.count(parts), answer);
        writeKeys(request, fragments, named, answer);
        if (closeKeys(answer)) {
            if (request.wantsRevisions()) {
                writeRevisions(fragments, named, answer);
            }
            answer.end(request);
        }
    }

    private void writeRevisions(Request request, KeySpace keys, K named, Answer answer) {
        if (effect() != Effect.READ && hasOneRevision(request, named)) {
            answer.number(Answer.REVISION, keys.revision());
        } else {
            writeRevisions(keys, named, answer);
        }
    }

    /** Returns whether the changes of a request are those of one session or one partition. */
    protected static boolean hasOneRevision(Request request, Keys named) {
        return request.sessions() || named.size() == 1;
    }

    @Override
    protected final void writeNotApplied(Request request, List<Slice> parts, Answer answer) {
        writeMissing(request.require(parameter), parts, answer);
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

    /** Closes the member of the keys. Returns false if the command is silent. */
    private boolean closeKeys(Answer answer) {
        if (shape == Shape.SILENCE) {
            return false;
        }
        if (shape == Shape.KEYS_OR_SILENCE && answer.isEmpty()) {
            answer.discard();
            return false;
        }
        if (shape != Shape.MEMBERS) {
            answer.closeObject();
        }
        return true;
    }
}
