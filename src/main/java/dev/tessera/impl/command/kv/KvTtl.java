package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.Set;

/** {@code KV_TTL}: returns how long keys live from now. */
public final class KvTtl extends PerKeyCommand<Keys> {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final long MS_PER_SECOND = 1000;

    /** Declares the command. */
    public KvTtl() {
        super(
                "KV_TTL",
                "Returns the seconds that keys have left, 0 for a key without an end, and null for one that does not"
                        + " exist.",
                Effect.READ,
                KeysParameter.any("keys"),
                Shape.ST_KEYS);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        writeSecondsLeft(keys, named, index, answers);
    }

    /** Answers a key with the seconds that it has left, rounded up. */
    static void writeSecondsLeft(KeySpace keys, Keys named, int index, KeyAnswers answers) {
        byte[] found = keys.get(named.text(), named.from(index), named.to(index));
        JsonWriter out = answers.key(named, index);
        if (found == null) {
            out.raw(NULL);
            return;
        }
        long endMs = KeyRecord.endMs(found);
        // A key that exists ends later than now, so one that ends has at least 1.
        out.unsigned(endMs == KeyRecord.NO_END ? 0 : (endMs - keys.nowMs() + MS_PER_SECOND - 1) / MS_PER_SECOND);
    }
}
