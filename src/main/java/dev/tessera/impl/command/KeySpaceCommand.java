package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.Revisions;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command on the keys of one session. Without sessions, it is a command on the global key space, which is spread over
 * all partitions by the hashes of its keys.
 *
 * <p>A request runs on one key space ({@link #apply}) if a session holds its keys, or if one partition does. Otherwise
 * every owner writes a part ({@link #applyPart}), and the gateway gathers the parts ({@link #writeAnswer}).
 */
public abstract class KeySpaceCommand extends ScatterGatherCommand {

    static final Fault TOO_MANY_KEYS = new Fault(Status.STORAGE_FULL, Messages.TOO_MANY_KEYS);
    private static final Fault CONDITION_OF_ANOTHER_KEY =
            new Fault(Status.COMMAND_SYNTAX, Messages.CONDITION_OF_ANOTHER_KEY);

    private static final Answer.Field NOT_APPLIED = Answer.field("notApplied");

    /** Routes a request that names no keys: any partition answers it. */
    private static final long ANY_TOKEN = 0;

    /** Declares a command. */
    protected KeySpaceCommand(String name, String summary, Effect effect, Parameter<?>... parameters) {
        super(name, summary, effect, parameters);
    }

    /** Returns a parameter and those that follow it. */
    protected static Parameter<?>[] first(Parameter<?> parameter, Parameter<?>... others) {
        Parameter<?>[] all = new Parameter<?>[others.length + 1];
        all[0] = parameter;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    /** Returns the keys that a request names, or null if it names none. */
    protected abstract @Nullable Keys keys(Request request);

    /** Returns whether a request concerns keys that it does not name, and so all partitions of the global key space. */
    protected abstract boolean concernsAll(Request request);

    /** Executes a request on the one key space that holds all its keys, and writes the answer. */
    protected abstract void apply(KeySpace keys, Request request, Answer answer);

    /**
     * Executes a request on the global keys of one owner, and writes the owner's part. Commands that always concern one
     * key need no implementation.
     */
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        throw new IllegalStateException(name() + " runs on one partition");
    }

    /** Writes the answer from the parts; see {@link #applyPart}. */
    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        throw new IllegalStateException(name() + " runs on one partition");
    }

    /** Writes the member that lists the keys which no part contains; by default, none. */
    protected void writeNotApplied(Request request, List<Slice> parts, Answer answer) {}

    /** Returns the most bytes of values that a request stores. */
    protected long valueBytesMax(Request request) {
        return 0;
    }

    /** Returns the most bytes on the heap by which a request grows the key space that holds all its keys. */
    protected long growthMax(KeySpace keys, Request request, Answer answer) {
        return 0;
    }

    /** Returns the bytes by which a request grows the key space; called only if {@link #growthMax} does not fit. */
    protected long growth(KeySpace keys, Request request, Answer answer) {
        return growthMax(keys, request, answer);
    }

    /** Returns the most keys that the key space has after a request; {@code exact} allows to look up each of them. */
    protected long keysAfter(KeySpace keys, Request request, boolean exact) {
        return exact ? keys.size() : keys.heldSize();
    }

    @Override
    public final boolean takesToken() {
        return true;
    }

    @Override
    public List<Parameter<?>> options() {
        return effect() == Effect.READ ? super.options() : RequestOptions.OF_CHANGES;
    }

    @Override
    protected Set<Status> changeFaults() {
        return effect() == Effect.READ ? Set.of() : Set.of(Status.COMMAND_SYNTAX, Status.STORAGE_FULL, Status.CONFLICT);
    }

    /** Returns the fault of a condition without sessions that is not about the one key of the command. */
    @Override
    protected final @Nullable Fault optionsFault(Request request) {
        Revisions conditions = request.conditions();
        if (conditions == null || request.sessions()) {
            return null;
        }
        Keys keys = keys(request);
        return !concernsAll(request) && keys != null && keys.size() == 1 && conditions.isAlone(keys)
                ? null
                : CONDITION_OF_ANOTHER_KEY;
    }

    @Override
    public final boolean needsSessions() {
        return false;
    }

    @Override
    public Route route(Request request, TokenSource tokens, PartitionMap map) {
        return request.sessions() ? Route.ONE_PARTITION : routeKeys(request, tokens, map);
    }

    private Route routeKeys(Request request, TokenSource tokens, PartitionMap map) {
        boolean all = concernsAll(request);
        Keys keys = keys(request);
        if (keys == null) {
            keys = Keys.NONE;
        }
        if (!all && keys.size() <= 1) {
            request.assignToken(keys.size() == 0 ? ANY_TOKEN : token(tokens, keys, 0));
            return Route.ONE_PARTITION;
        }
        int[] partitions = new int[keys.size()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = map.partitionOf(token(tokens, keys, i));
        }
        request.assignPartitions(partitions);
        return all ? Route.ALL_PARTITIONS : Route.NAMED_PARTITIONS;
    }

    private static long token(TokenSource tokens, Keys keys, int index) {
        return tokens.ofKey(keys.text(), keys.from(index), keys.to(index));
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        if (request.sessions()) {
            Partition partition = partitions.of(request.token());
            Session session = partition.find(request.token(), nowMs);
            if (session == null) {
                answer.fault(request, SessionCommand.NO_SESSION);
            } else if (effect() == Effect.READ) {
                partition.use(session, nowMs, keys -> apply(keys, request, answer));
            } else if (!conditionsHold(request, session.keys())) {
                partition.use(session, nowMs, keys -> refuse(request, keys, answer));
            } else if (effect() == Effect.REMOVE) {
                partition.use(session, nowMs, keys -> change(keys, request, answer));
            } else {
                write(request, partitions, partition, session, nowMs, answer);
            }
        } else {
            executeOnGlobalKeys(request, partitions, nowMs, answer);
        }
    }

    /** Executes a request that changes keys. Keys that have ended expire first, each with a revision of its own. */
    private void change(KeySpace keys, Request request, Answer answer) {
        expire(keys, request);
        apply(keys, request, answer);
    }

    /** Removes keys that a request names and that have ended. */
    final void expire(KeySpace keys, Request request) {
        Keys named = keys.anyEnds() ? keys(request) : null;
        for (int i = 0; named != null && i < named.size(); i++) {
            keys.expire(named.text(), named.from(i), named.to(i));
        }
    }

    static boolean conditionsHold(Request request, KeySpace keys) {
        Revisions conditions = request.conditions();
        if (conditions == null) {
            return true;
        }
        for (int i = 0; i < conditions.size(); i++) {
            if (revision(keys, conditions, i) != conditions.revision(i)) {
                return false;
            }
        }
        return true;
    }

    static void refuse(Request request, KeySpace keys, Answer answer) {
        answer.beginFault(request, Status.CONFLICT).message(Messages.CONFLICT);
        writeRevisions(keys, Objects.requireNonNull(request.conditions()), answer);
        answer.end(request);
    }

    /** Returns the revision of a key; 0 if it does not exist. */
    static long revision(KeySpace keys, Keys named, int index) {
        byte[] found = keys.get(named.text(), named.from(index), named.to(index));
        return found == null ? 0 : KeyRecord.revision(found);
    }

    /** Writes the revisions of keys. */
    static void writeRevisions(KeySpace keys, Keys named, Answer answer) {
        answer.openObject(Answer.REVISIONS);
        for (int i = 0; i < named.size(); i++) {
            answer.key(named, i).unsigned(revision(keys, named, i));
        }
        answer.closeObject();
    }

    /** Returns whether the key space has more keys than allowed after a request. */
    final boolean exceeds(KeySpace keys, Request request, long keysMax) {
        return keysAfter(keys, request, false) > keysMax && keysAfter(keys, request, true) > keysMax;
    }

    private void write(
            Request request, Partitions partitions, Partition partition, Session session, long nowMs, Answer answer) {
        KeySpace keys = session.keys();
        long keysMax = partition.memory().limits().sessionKeysMax();
        if (exceeds(keys, request, keysMax)) {
            keys.memory().budget().addRefused();
            answer.fault(request, TOO_MANY_KEYS);
            return;
        }
        MemoryAccount memory = keys.memory();
        long missing = reserve(keys, request, answer, 0);
        if (missing > 0 && !partitions.makeRoom(memory, missing, 0, session, nowMs)) {
            refuse(request, memory.budget(), answer);
            return;
        }
        try {
            partition.use(session, nowMs, used -> change(used, request, answer));
        } finally {
            memory.settle();
        }
    }

    /**
     * Reserves the growth by a request. The exact growth takes longer, so it is computed only if the bound does not
     * fit.
     *
     * @param more some bytes beside the growth
     * @return 0, or the exact growth if it does not fit; then nothing is reserved
     */
    final long reserve(KeySpace keys, Request request, Answer answer, long more) {
        if (keys.memory().reserve(growthMax(keys, request, answer) + more)) {
            return 0;
        }
        long growth = growth(keys, request, answer) + more;
        return growth <= 0 || keys.memory().reserve(growth) ? 0 : growth;
    }

    /** Answers a request whose changes do not fit. */
    protected static void refuse(Request request, MemoryBudget memory, Answer answer) {
        memory.addRefused();
        answer.fault(request, SessionCommand.MEMORY_FULL);
    }

    private void executeOnGlobalKeys(Request request, Partitions partitions, long nowMs, Answer answer) {
        try {
            if (request.partitions() == null) {
                Partition partition = partitions.of(request.token());
                partition.begin(nowMs);
                applyGlobally(partition.globalKeys(), request, answer);
            } else {
                beginPart(request, partitions, nowMs);
                applyPart(partitions, request, answer);
            }
        } finally {
            partitions.globalKeysUsed();
        }
    }

    private void beginPart(Request request, Partitions partitions, long nowMs) {
        if (concernsAll(request)) {
            partitions.forEach(partition -> partition.begin(nowMs));
        }
        Keys named = keys(request);
        for (int i = 0; named != null && i < named.size(); i++) {
            Partition partition = partitions.at(request.partition(i));
            if (partition != null) {
                partition.begin(nowMs);
                if (effect() != Effect.READ) {
                    partition.globalKeys().expire(named.text(), named.from(i), named.to(i));
                }
            }
        }
    }

    /** Returns the time of a request on the global keys of one owner. */
    protected static long nowMs(Partitions partitions) {
        long[] nowMs = new long[1];
        partitions.forEach(partition ->
                nowMs[0] = Math.max(nowMs[0], partition.globalKeys().nowMs()));
        return nowMs[0];
    }

    private void applyGlobally(KeySpace keys, Request request, Answer answer) {
        if (!conditionsHold(request, keys)) {
            refuse(request, keys, answer);
            return;
        }
        if (effect() == Effect.WRITE && reserve(keys, request, answer, 0) > 0) {
            refuse(request, keys.memory().budget(), answer);
            return;
        }
        try {
            if (effect() == Effect.READ) {
                apply(keys, request, answer);
            } else {
                change(keys, request, answer);
            }
        } finally {
            keys.memory().settle();
        }
    }

    @Override
    public final long changeBytesMax(Request request, Partitions partitions) {
        if (effect() == Effect.READ) {
            return 0;
        }
        Keys keys = keys(request);
        return ChangeBound.COMMAND_BYTES
                + valueBytesMax(request)
                // Twice, because a key may expire before it is set.
                + (keys == null ? 0 : 2 * keys.textBytes() + (long) keys.size() * ChangeBound.ITEM_BYTES)
                + (!request.sessions() && concernsAll(request) ? removalBytes(partitions) : 0);
    }

    /** Returns the bytes of a record that removes all global keys; it lists them one by one. */
    private static long removalBytes(Partitions partitions) {
        long[] bytes = new long[1];
        partitions.forEach(partition -> partition
                .globalKeys()
                .forEachHeld(keyRecord -> bytes[0] +=
                        KeyRecord.keyTo(keyRecord) - KeyRecord.keyFrom(keyRecord) + ChangeBound.ITEM_BYTES));
        return bytes[0];
    }

    @Override
    protected final void writeFailure(Request request, List<Slice> parts, List<Slice> failures, Answer answer) {
        if (effect() == Effect.READ || (parts.isEmpty() && areAlike(failures))) {
            super.writeFailure(request, parts, failures, answer);
            return;
        }
        answer.begin(this).st(Status.OUTCOME_UNKNOWN).message(Messages.PARTITIONS_FAILED);
        writeNotApplied(request, parts, answer);
        answer.end(request);
    }

    /**
     * Executes the part of a request that concerns the key spaces of several partitions. Their budget reserves the
     * bytes until the accounts of all of them have taken theirs.
     *
     * @param growth the bytes by which the key spaces grow together
     */
    static void executeReserved(
            Request request, Supplier<MemoryBudget> memory, long growth, Answer answer, Runnable part) {
        if (growth <= 0) {
            part.run();
            return;
        }
        MemoryBudget budget = memory.get();
        if (!budget.reserve(growth)) {
            refuse(request, budget, answer);
            return;
        }
        try {
            part.run();
        } finally {
            budget.release(growth);
        }
    }

    /** Closes the fragment of a key, which ends with the revision if the request wants it. */
    static void closeFragment(Request request, KeySpace keys, Keys named, int index, Answer answer) {
        if (request.wantsRevisions()) {
            answer.part().longBytes(revision(keys, named, index));
        }
        answer.closeFragment();
    }

    /**
     * Writes the answers of keys from their fragments; see {@link #closeFragment}. A key without an answer is left out.
     */
    static void writeKeys(Request request, Fragments fragments, Keys named, Answer answer) {
        int revisionBytes = request.wantsRevisions() ? Long.BYTES : 0;
        for (int i = 0; i < named.size(); i++) {
            Slice fragment = fragments.get(i);
            if (fragment != null && fragment.length() > revisionBytes) {
                answer.key(named, i).raw(fragment.array(), fragment.from(), fragment.to() - revisionBytes);
            }
        }
    }

    /** Writes the revisions of keys, with which their fragments end. */
    static void writeRevisions(Fragments fragments, Keys named, Answer answer) {
        answer.openObject(Answer.REVISIONS);
        for (int i = 0; i < named.size(); i++) {
            Slice fragment = fragments.get(i);
            if (fragment != null) {
                answer.key(named, i).unsigned(Bytes.longAt(fragment.array(), fragment.to() - Long.BYTES));
            }
        }
        answer.closeObject();
    }

    /** Writes the array of the keys that no part contains, because they may not have been changed. */
    static void writeMissing(Keys named, List<Slice> parts, Answer answer) {
        Fragments fragments = Fragments.of(parts, named.size());
        answer.openArray(NOT_APPLIED);
        for (int i = 0; i < named.size(); i++) {
            if (fragments.get(i) == null) {
                answer.element().quoted(named.text(), named.from(i), named.to(i));
            }
        }
        answer.closeArray();
    }

    /** Returns the number of keys that a key space does not have. */
    static int absent(KeySpace keys, Keys named) {
        int absent = 0;
        for (int i = 0; i < named.size(); i++) {
            absent += keys.contains(named.text(), named.from(i), named.to(i)) ? 0 : 1;
        }
        return absent;
    }

    private static boolean areAlike(List<Slice> failures) {
        Slice first = failures.get(0);
        return failures.stream()
                .allMatch(other -> Arrays.equals(
                        first.array(), first.from(), first.to(), other.array(), other.from(), other.to()));
    }
}
