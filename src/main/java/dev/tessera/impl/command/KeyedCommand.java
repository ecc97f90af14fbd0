package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;

/**
 * A command that does the same to each of the keys that it names. It states what that is, and the {@link Shape} of its
 * answer; whether the keys lie in one key space or are spread over many, it need not know.
 *
 * @param <K> what the request holds of each key
 */
public abstract class KeyedCommand<K extends Keys> extends KeySpaceCommand {

    /** What of an answer stands around the keys. */
    protected enum Shape {
        /** The member {@code keys} alone. */
        KEYS,
        /** Nothing at all, unless it fails; no key is answered. */
        SILENCE,
        /** As {@link #KEYS}; no answer at all where no key is answered. */
        KEYS_OR_SILENCE,
        /** {@code st} and {@code keys}. */
        ST_KEYS,
        /** {@code st}, {@code cnt} with what {@link #prepare} has counted, and {@code keys}. */
        ST_COUNT_KEYS,
        /** Nothing: every key is a member of the answer itself. */
        MEMBERS
    }

    private final Parameter<K> parameter;
    private final Shape shape;

    /**
     * Declares a command.
     *
     * @param keys its one parameter, which is required
     */
    protected KeyedCommand(String name, String summary, Parameter<K> keys, Shape shape) {
        super(name, summary, keys);
        this.parameter = keys;
        this.shape = shape;
    }

    /** Does what the command does to one key, and answers it or is silent about it. */
    protected abstract void apply(KeySpace keys, Request request, K named, int index, KeyAnswers answers);

    /** Does what comes before the keys to a whole key space, and counts; called where the shape has a count. */
    protected long prepare(KeySpace keys) {
        throw new IllegalStateException(name() + " counts nothing");
    }

    @Override
    protected final boolean concernsAll(Request request) {
        return shape == Shape.ST_COUNT_KEYS;
    }

    @Override
    protected final Keys keys(Request request) {
        return request.get(parameter);
    }

    @Override
    protected final long valueBytesMax(Request request) {
        return request.get(parameter).valueBytes();
    }

    @Override
    protected final void apply(KeySpace keys, Request request, Answer answer) {
        K named = request.get(parameter);
        open(request, concernsAll(request) ? prepare(keys) : 0, answer);
        for (int i = 0; i < named.size(); i++) {
            apply(keys, request, named, i, answer);
        }
        close(answer);
    }

    @Override
    protected final void applyPart(Partitions partitions, Request request, Answer answer) {
        long[] count = new long[1];
        if (concernsAll(request)) {
            partitions.forEach(partition -> count[0] += prepare(partition.globalKeys()));
        }
        answer.beginPart().part().longBytes(count[0]);
        K named = request.get(parameter);
        KeyAnswers answers = (keys, index) -> answer.part();
        for (int i = 0; i < named.size(); i++) {
            Partition partition = partitions.at(request.partitions()[i]);
            if (partition != null) {
                answer.openFragment(i);
                apply(partition.globalKeys(), request, named, i, answers);
                answer.closeFragment();
            }
        }
    }

    @Override
    protected final void gather(Request request, List<Slice> parts, Answer answer) {
        K named = request.get(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        open(request, Fragments.count(parts), answer);
        for (int i = 0; i < named.size(); i++) {
            Slice fragment = fragments.get(i);
            if (fragment != null && fragment.length() > 0) {
                answer.key(named, i).raw(fragment.array(), fragment.from(), fragment.to());
            }
        }
        close(answer);
    }

    @Override
    protected final void writeNotApplied(Request request, List<Slice> parts, Answer answer) {
        K named = request.get(parameter);
        Fragments fragments = Fragments.of(parts, named.size());
        PartitionedCommand.openNotApplied(answer);
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

    private void close(Answer answer) {
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
        answer.end();
    }
}
