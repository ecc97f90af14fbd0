package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.PartitionMap;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.Rounds;
import dev.tessera.impl.command.Route;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.AfterParameter;
import dev.tessera.impl.command.parameter.ChoiceParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.LimitParameter;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.PrefixParameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.KeyWalk;
import dev.tessera.impl.session.ListPosition;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_LIST}: returns one page of the keys in the order of their {@link dev.tessera.impl.session.KeyOrder}.
 *
 * <p>A page takes one or several rounds ({@link ListPage}). In each round the owner walks for about a millisecond.
 * Without sessions a round asks consecutive partitions at once; each owner stops at the first one that it does not
 * finish. {@link ListFragment} has the format of the parts.
 */
public final class KvList extends KeySpaceCommand {

    static final PrefixParameter PREFIX = new PrefixParameter("prefix");
    static final ChoiceParameter<ListForm> FORM = ChoiceParameter.optional("rsp", ListForm.class);
    static final LimitParameter LIMIT = new LimitParameter("limit", 10_000);
    static final AfterParameter AFTER = new AfterParameter("after");

    private static final int LIMIT_DEFAULT = 1000;
    private static final byte[] NO_PREFIX = {};

    /** The work of a round, in visited slots: about a millisecond if each misses the cache. */
    private static final int ROUND_WORK_MAX = 16_384;
    /** The work of a visit for the clock of the owner, in bytes looked at. */
    private static final int VISIT_BYTES = 32;
    /** The work of a partition without keys, in visited slots. */
    private static final int PARTITION_WORK = 4;
    /** The bytes of an answer beside its results, with some reserve. */
    static final int ENVELOPE_BYTES = 512;

    private final SearchLimits limits;
    private final LongSupplier nanoClock;

    /** Declares the command. */
    public KvList(SearchLimits limits) {
        this(limits, System::nanoTime);
    }

    /** Declares the command with a clock like {@link System#nanoTime()}. */
    KvList(SearchLimits limits, LongSupplier nanoClock) {
        super("KV_LIST", "Lists the keys in pages.", Effect.READ, PREFIX, FORM, LIMIT, AFTER);
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    @Override
    public List<Parameter<?>> options() {
        return RequestOptions.OF_READS;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED);
    }

    @Override
    protected @Nullable Keys keys(Request request) {
        return null;
    }

    @Override
    protected boolean concernsAll(Request request) {
        return true;
    }

    @Override
    public Route route(Request request, TokenSource tokens, PartitionMap map) {
        return Route.ROUNDS;
    }

    @Override
    public Rounds rounds(Request request, TokenSource tokens, PartitionMap map, int answerBytesMax) {
        return new ListPage(
                this,
                request,
                tokens.keyOrder(),
                request.sessions() ? 0 : map.partitionCount(),
                answerBytesMax - ENVELOPE_BYTES,
                limits.list(nanoClock));
    }

    static int limit(Request request) {
        return request.get(LIMIT, LIMIT_DEFAULT);
    }

    static ListForm form(Request request) {
        return request.get(FORM, ListForm.KEYS);
    }

    static byte[] prefix(Request request) {
        return request.get(PREFIX, NO_PREFIX);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        new Round(request, answer).walk(0, keys, from(keys, request));
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        Round round = new Round(request, answer);
        int[] numbers = Objects.requireNonNull(request.partitions());
        boolean goesOn = true;
        for (int i = 0; i < numbers.length && goesOn; i++) {
            Partition partition = partitions.at(numbers[i]);
            if (partition != null) {
                KeySpace keys = partition.globalKeys();
                goesOn = round.walk(i, keys, i == 0 ? from(keys, request) : 0);
            }
        }
    }

    /** Returns the position at which a round begins in its first partition. */
    private static long from(KeySpace keys, Request request) {
        byte[] after = request.get(AFTER);
        // The gateway has opened it with the same secret.
        ListPosition position =
                after == null ? ListPosition.START : keys.order().open(after);
        if (position == null) {
            throw new IllegalStateException("the gateway has another secret");
        }
        return position.next();
    }

    /** A round on one owner. */
    private static final class Round implements KeyWalk.Visitor {

        private final ListForm form;
        private final byte[] prefix;
        private final Answer answer;
        private final JsonWriter out;
        private final int limit;
        /** The revisions of the results in the current partition; null if the client wants none. */
        private final @Nullable FoundRevisions revisions;

        private int count;
        private boolean full;
        private long work;

        Round(Request request, Answer answer) {
            this.form = form(request);
            this.prefix = prefix(request);
            this.limit = limit(request);
            this.answer = answer;
            this.revisions = request.wantsRevisions() ? new FoundRevisions() : null;
            this.out = answer.beginPart().part().longBytes(0);
        }

        /** Walks over the keys of one partition. Returns whether the walk has reached their end and may go on. */
        boolean walk(int index, KeySpace keys, long from) {
            int before = count;
            KeyWalk slice = new KeyWalk(prefix, from, ROUND_WORK_MAX - work);
            answer.openFragment(index);
            int headerAt = ListFragment.open(out);
            keys.walk(slice, this);
            ListFragment.close(out, headerAt, count - before, slice, full);
            if (revisions != null) {
                ListFragment.addRevisions(out, revisions.take());
            }
            answer.closeFragment();
            work += slice.work() + PARTITION_WORK;
            answer.worked((int) Math.min(work, Integer.MAX_VALUE / VISIT_BYTES) * VISIT_BYTES);
            return slice.ended() && work < ROUND_WORK_MAX;
        }

        @Override
        public boolean take(byte[][] keyRecords, int from, int length) {
            if (count > 0 && count + length > limit) {
                return false;
            }
            long bytes = 0;
            for (int i = from; i < from + length; i++) {
                bytes += form.bytes(keyRecords[i]) + (revisions == null ? 0 : FoundRevisions.bytes(keyRecords[i]));
            }
            if (count > 0 && bytes > out.room() - revisionBytes() - ENVELOPE_BYTES) {
                full = true;
                return false;
            }
            for (int i = from; i < from + length; i++) {
                form.write(keyRecords[i], answer);
                if (revisions != null) {
                    revisions.add(keyRecords[i]);
                }
            }
            count += length;
            return true;
        }

        private int revisionBytes() {
            return revisions == null ? 0 : revisions.members().length();
        }
    }
}
