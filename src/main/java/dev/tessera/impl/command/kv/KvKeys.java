package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;

/**
 * {@code KV_KEYS}: names all keys; in a session, in the order of their insertion. A part is names with commas between
 * them.
 */
public final class KvKeys extends KeySpaceCommand {

    /** Declares the command. */
    public KvKeys() {
        super("KV_KEYS", "Names all keys, in the order of their insertion.");
    }

    @Override
    protected Keys keys(Request request) {
        return null;
    }

    @Override
    protected boolean concernsAll(Request request) {
        return true;
    }

    @Override
    protected boolean changesKeys() {
        return false;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        open(request, answer);
        name(keys, answer);
        answer.closeArray().end();
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        answer.beginPart();
        partitions.forEach(partition -> name(partition.globalKeys(), answer));
    }

    @Override
    protected void gather(Request request, List<Slice> parts, Answer answer) {
        open(request, answer);
        parts.forEach(answer::elements);
        answer.closeArray().end();
    }

    private void open(Request request, Answer answer) {
        answer.begin(this).tkn(request).st(Status.OK).openArray(Answer.KEYS);
    }

    private static void name(KeySpace keys, Answer answer) {
        keys.forEach(found -> answer.element().quoted(found, KeyRecord.keyFrom(found), KeyRecord.keyTo(found)));
    }
}
