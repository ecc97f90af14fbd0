package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that does one thing to all keys, and answers how many keys there were. A part is one count. */
public abstract class CountCommand extends KeySpaceCommand {

    /** Declares a command. */
    protected CountCommand(String name, String summary, Effect effect) {
        super(name, summary, effect);
    }

    /** Executes the command on a whole key space and returns the number of its keys before. */
    protected abstract long apply(KeySpace keys);

    @Override
    protected final @Nullable Keys keys(Request request) {
        return null;
    }

    @Override
    protected final boolean mayBeInBatch() {
        return true;
    }

    @Override
    protected final boolean concernsAll(Request request) {
        return true;
    }

    @Override
    protected final void apply(KeySpace keys, Request request, Answer answer) {
        open(request, apply(keys), answer);
        if (request.wantsRevisions()) {
            answer.number(Answer.REVISION, keys.revision());
        }
        answer.end(request);
    }

    @Override
    protected final void applyPart(Partitions partitions, Request request, Answer answer) {
        long[] count = new long[1];
        partitions.forEach(partition -> count[0] += apply(partition.globalKeys()));
        answer.beginPart().part().longBytes(count[0]);
    }

    @Override
    protected final void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        open(request, Fragments.count(parts), answer);
        if (request.wantsRevisions()) {
            // The request names no keys.
            answer.openObject(Answer.REVISIONS).closeObject();
        }
        answer.end(request);
    }

    private void open(Request request, long count, Answer answer) {
        answer.begin(this).tkn(request).st(Status.OK).number(Answer.COUNT, count);
    }
}
