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
     * @param keys its first parameter, which is required
     * @param others its other parameters
     */
    protected PerKeyCommand(
            String name, String summary, Effect effect, Parameter<K> keys, Shape shape, Parameter<?>... others) {
        super(name, summary, effect, first(keys, others));
        this.parameter = keys;
        this.shape = shape;
    }

    private static Parameter<?>[] first(Parameter<?> keys, Parameter<?>... others) {
        Parameter<?>[] all = new Parameter<?>[others.length + 1];
        all[0] = keys;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
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
        boolean all = concernsAll(request);
        Growth growth = new Growth();
        for (int i = 0; i < named.size(); i++) {
            byte[] old = all ? null : keys.get(named.text(), named.from(i), named.to(i));
            growth.add(keys, request, named, i, old);
        }
        return growth.bytes(keys, all) - (all ? freedByClear(keys) : 0);
    }

    private static long freedByClear(KeySpace keys) {
        return keys.keepsLostRecords() ? 0 : keys.memoryBytes();
    }

    /** The growth of one key space. */
    private final class Growth {

        private long recordBytes;
        private int newKeys;
        private int newEnds;

        void add(KeySpace keys, Request request, K named, int index, byte @Nullable [] old) {
            if (old == null ? !creates() : !replaces()) {
                return;
            }
            recordBytes += recordBytes(request, named, index, old) - (old == null ? 0 : keys.freedBytes(old));
            newKeys += old == null ? 1 : 0;
            newEnds += getsEnd(request, named, index, old) ? 1 : 0;
        }

        /**
         * Returns the bytes on the heap.
         *
         * @param anew whether the key space loses all other keys
         */
        long bytes(KeySpace keys, boolean anew) {
            return recordBytes
                    + (anew
                            ? KeySpace.tableBytes(newKeys) + KeySpace.endingBytes(newKeys, newEnds)
                            : keys.tableGrowth(newKeys) + keys.endingGrowth(newKeys, newEnds));
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
        long[] bytes = new long[1];
        Map<Partition, Growth> growth = new HashMap<>();
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                KeySpace keys = partition.globalKeys();
                byte[] old = all ? null : keys.get(named.text(), named.from(i), named.to(i));
                growth.computeIfAbsent(partition, of -> new Growth()).add(keys, request, named, i, old);
            }
        }
        growth.forEach((partition, of) -> bytes[0] += of.bytes(partition.globalKeys(), all));
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
                if (request.wantsRevisions()) {
                    answer.part().longBytes(revision(partition.globalKeys(), named, i));
                }
                answer.closeFragment();
            }
        }
    }

    @Override
    protected final void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        K named = request.require(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        int revisionBytes = request.wantsRevisions() ? Long.BYTES : 0;
        open(request, Fragments.count(parts), answer);
        for (int i = 0; i < named.size(); i++) {
            Slice fragment = fragments.get(i);
            if (fragment != null && fragment.length() > revisionBytes) {
                answer.key(named, i).raw(fragment.array(), fragment.from(), fragment.to() - revisionBytes);
            }
        }
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
