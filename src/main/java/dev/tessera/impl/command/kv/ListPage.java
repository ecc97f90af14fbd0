package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Fragments;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.Rounds;
import dev.tessera.impl.command.ScatterGatherCommand;
import dev.tessera.impl.command.parameter.ChoiceParameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.ListPosition;
import dev.tessera.protocol.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code KV_LIST}: its rounds and its answer. It is complete with enough results, at the end of the keys,
 * or when its time or its size is used up. Each round goes on where the last one has stopped.
 *
 * <p>Without sessions, the pages visit the partitions in the order of their numbers. The first round asks one
 * partition. The results so far tell how many partitions the next round needs. If it returns too many results, the page
 * drops those of the last partitions. Thread: the gateway's.
 */
final class ListPage implements Rounds {

    private static final Answer.Field NEXT = Answer.field("next");
    /** The most partitions of a round, which limits its request. */
    private static final int WINDOW_MAX = 4096;

    private final KvList command;
    private final Request request;
    private final KeyOrder order;
    /** The number of partitions; 0 for the keys of a session. */
    private final int partitions;

    private final int resultBytesMax;
    private final BooleanSupplier isLate;
    private final List<Slice> results = new ArrayList<>();
    private final List<Slice> revisions = new ArrayList<>();
    private int count;
    private long resultBytes;
    /** Null at the end of the keys. */
    private @Nullable ListPosition position;

    private int window = 1;
    /** The number of partitions that this page has finished. */
    private int finished;

    private int rounds;
    /** Whether a partition takes several rounds; then the next rounds ask one partition each. */
    private boolean slow;

    private boolean complete;
    private boolean unknownPosition;
    /** The answer of an owner that has failed; null if none has. */
    private @Nullable Slice failure;

    /**
     * Creates a page.
     *
     * @param partitions the number of partitions over which the keys are spread; 0 for the keys of a session
     * @param resultBytesMax the most bytes of all results
     * @param isLate returns whether the time of the page is used up
     */
    ListPage(
            KvList command,
            Request request,
            KeyOrder order,
            int partitions,
            int resultBytesMax,
            BooleanSupplier isLate) {
        this.command = command;
        this.request = request;
        this.order = order;
        this.partitions = partitions;
        this.resultBytesMax = resultBytesMax;
        this.isLate = isLate;
        byte[] after = request.get(KvList.AFTER);
        this.position = after == null ? new ListPosition(partitions, 0, 0) : order.open(after);
        // A list that began with another number of partitions cannot go on.
        this.unknownPosition = position == null || position.partitions() != partitions || !exists(position);
        this.complete = unknownPosition;
    }

    private boolean exists(ListPosition at) {
        return at.partition() < Math.max(1, partitions);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Request next() {
        ListPosition from = Objects.requireNonNull(position);
        Request round = rounds++ == 0 ? request : rest(from);
        if (partitions > 0) {
            int[] asked = new int[window];
            Arrays.setAll(asked, i -> from.partition() + i);
            round.assignPartitions(asked);
        }
        return round;
    }

    /** Returns the request of another round. */
    private Request rest(ListPosition from) {
        byte[] prefix = KvList.prefix(request);
        ListForm form = KvList.form(request);
        int limit = KvList.limit(request) - count;
        byte[] after = order.seal(from);
        JsonWriter text =
                new JsonWriter().mark('{').string(command.name()).mark(':').mark('{');
        if (request.hasToken()) {
            text.string("tkn").mark(':').unsigned(request.token()).mark(',');
        }
        RequestOptions options = request.options();
        if (options != null) {
            options.writeTo(text);
        }
        text.string(KvList.PREFIX.name())
                .mark(':')
                .quoted(prefix, 0, prefix.length)
                .mark(',');
        text.string(KvList.FORM.name())
                .mark(':')
                .string(ChoiceParameter.word(form))
                .mark(',');
        text.string(KvList.LIMIT.name()).mark(':').unsigned(limit).mark(',');
        text.string(KvList.AFTER.name())
                .mark(':')
                .quoted(after, 0, after.length)
                .mark('}')
                .mark('}');
        return request.with(text.take(0), prefix, form, limit, after);
    }

    @Override
    public void take(List<Slice> replies) {
        List<Slice> failures = new ArrayList<>();
        List<Slice> parts = ScatterGatherCommand.parts(replies, failures);
        if (!failures.isEmpty()) {
            // With some results, the next page will get the failure.
            failure = count == 0 ? failures.get(0) : null;
            complete = true;
            return;
        }
        Fragments fragments = Fragments.of(parts, window);
        int first = Objects.requireNonNull(position).partition();
        int asked = window;
        window = 0;
        for (int i = 0; i < asked && !complete; i++) {
            Slice fragment = fragments.get(i);
            if (fragment == null || !take(ListFragment.read(fragment, request.wantsRevisions()), first + i)) {
                break;
            }
        }
        complete |= position == null || count >= KvList.limit(request) || isLate.getAsBoolean();
        window = window == 0 && !complete ? nextWindow() : 1;
    }

    /** Takes the results of a partition. Returns whether those of the next one follow. */
    private boolean take(ListFragment fragment, int partition) {
        int bytes = fragment.results().length() + fragment.revisions().length();
        boolean tooLarge = resultBytes + bytes > resultBytesMax;
        if (count > 0 && (tooLarge || count + fragment.count() > KvList.limit(request))) {
            // The next round asks for this partition again, with the rest of the limit.
            complete = tooLarge;
            window = 1;
            return false;
        }
        results.add(fragment.results());
        revisions.add(fragment.revisions());
        // Each gets a comma.
        resultBytes += bytes + 2;
        count += fragment.count();
        complete = fragment.full();
        if (!fragment.ended()) {
            position = new ListPosition(partitions, partition, fragment.next());
            slow = true;
            return false;
        }
        finished++;
        ListPosition following = new ListPosition(partitions, partition + 1, 0);
        position = exists(following) ? following : null;
        return true;
    }

    /** Returns how many partitions probably have the missing results. */
    private int nextWindow() {
        long left = (long) KvList.limit(request) - count;
        // Without results so far, a partition is taken to have half of one.
        long halves = Math.max(1, 2L * count);
        long wanted = slow || finished == 0 ? 1 : (2 * left * finished + halves - 1) / halves;
        int most = Math.max(1, partitions) - Objects.requireNonNull(position).partition();
        return (int) Math.max(1, Math.min(wanted, Math.min(most, WINDOW_MAX)));
    }

    @Override
    public void write(Answer answer) {
        if (unknownPosition) {
            answer.fault(request, KvList.AFTER.unknown());
        } else if (failure != null) {
            answer.part().raw(failure.array(), failure.from(), failure.to());
        } else {
            ListForm form = KvList.form(request);
            form.open(answer.begin(command).tkn(request).st(Status.OK));
            results.forEach(answer::elements);
            form.close(answer);
            if (position != null) {
                answer.text(NEXT, order.seal(position));
            }
            if (request.wantsRevisions()) {
                FoundRevisions.write(revisions, answer);
            }
            answer.end(request);
        }
    }
}
