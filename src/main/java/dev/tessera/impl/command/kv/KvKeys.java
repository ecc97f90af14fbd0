package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_KEYS}: lists the names of all keys. Within a session they keep the order of insertion. A part contains
 * names with commas between them.
 */
public final class KvKeys extends KeySpaceCommand {

    /** A worker writes the names of more keys, because that takes more than about a millisecond. */
    private static final int KEYS_MAX = 10_000;

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
    protected boolean mayBeInBatch() {
        return true;
    }

    @Override
    protected boolean concernsAll(Request request) {
        return true;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        if (keys.heldSize() > KEYS_MAX) {
            KeySnapshot snapshot = keys.snapshot();
            long nowMs = keys.nowMs();
            later(List.of(snapshot), answer, deferred -> {
                open(request, deferred);
                writeNames(snapshot, nowMs, deferred);
                deferred.closeArray().end(request);
            });
        } else {
            open(request, answer);
            keys.forEach(one -> writeName(one, answer));
            answer.closeArray().end(request);
        }
    }

    @Override
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        long[] count = new long[1];
        partitions.forEach(partition -> count[0] += partition.globalKeys().heldSize());
        if (count[0] > KEYS_MAX) {
            List<KeySnapshot> snapshots = KvFind.snapshots(partitions);
            long nowMs = nowMs(partitions);
            later(snapshots, answer, deferred -> {
                deferred.beginPart();
                snapshots.forEach(snapshot -> writeNames(snapshot, nowMs, deferred));
            });
        } else {
            answer.beginPart();
            partitions.forEach(partition -> partition.globalKeys().forEach(one -> writeName(one, answer)));
        }
    }

    private static void later(List<KeySnapshot> records, Answer answer, Consumer<Answer> names) {
        answer.later(new Deferred() {
            @Override
            public void write(Answer deferred, BooleanSupplier gone) {
                names.accept(deferred);
            }

            @Override
            public List<KeySnapshot> snapshots() {
                return records;
            }
        });
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        open(request, answer);
        parts.forEach(answer::elements);
        answer.closeArray().end(request);
    }

    private void open(Request request, Answer answer) {
        answer.begin(this).tkn(request).st(Status.OK).openArray(Answer.KEYS);
    }

    private static void writeNames(KeySnapshot records, long nowMs, Answer answer) {
        records.forEach(nowMs, one -> writeName(one, answer));
    }

    private static void writeName(byte[] one, Answer answer) {
        answer.element().quoted(one, KeyRecord.keyFrom(one), KeyRecord.keyTo(one));
    }
}
