package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_KEYS}: lists the names of all keys. Within a session they keep the order of insertion. A part contains
 * names with commas between them.
 */
public final class KvKeys extends KeySpaceCommand {

    /** Declares the command. */
    public KvKeys() {
        super("KV_KEYS", "Lists the names of all keys, in the order of insertion.", Effect.READ);
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
    protected void apply(KeySpace keys, Request request, Answer answer) {
        open(request, answer);
        writeNames(keys, answer);
        answer.closeArray().end();
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        answer.beginPart();
        partitions.forEach(partition -> writeNames(partition.globalKeys(), answer));
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        open(request, answer);
        parts.forEach(answer::elements);
        answer.closeArray().end();
    }

    private void open(Request request, Answer answer) {
        answer.begin(this).tkn(request).st(Status.OK).openArray(Answer.KEYS);
    }

    private static void writeNames(KeySpace keys, Answer answer) {
        keys.forEach(record -> answer.element().quoted(record, KeyRecord.keyFrom(record), KeyRecord.keyTo(record)));
    }
}
