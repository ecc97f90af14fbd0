package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.command.parameter.Ttl;
import dev.tessera.impl.command.parameter.TtlParameter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code KV_EXPIRE}: sets the time to live of keys, and leaves their values unchanged. */
public final class KvExpire extends PerKeyCommand<Keys> {

    private static final TtlParameter TTL = TtlParameter.required("ttl");

    /** Declares the command. */
    public KvExpire() {
        super(
                "KV_EXPIRE",
                "Sets the time to live of keys, and returns what KV_TTL returns.",
                Effect.WRITE,
                KeysParameter.any("keys"),
                Shape.ST_KEYS,
                TTL);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED);
    }

    @Override
    protected boolean creates() {
        return false;
    }

    @Override
    protected boolean getsEnd(Request request, Keys named, int index, byte @Nullable [] old) {
        return ttlMs(request, named, index) > 0;
    }

    @Override
    protected long recordBytes(Request request, Keys named, int index, byte @Nullable [] old) {
        return old == null ? 0 : KeyRecord.bytesWithEnd(old, getsEnd(request, named, index, old));
    }

    /** Looks up each key, because the size of its value is not part of the request. */
    @Override
    protected long growthMax(KeySpace keys, Request request, Answer answer) {
        return growth(keys, request, answer);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        long ms = ttlMs(request, named, index);
        if (ms != Ttl.UNSTATED) {
            keys.moveEnd(named.text(), named.from(index), named.to(index), Ttl.endMs(keys.nowMs(), ms));
        }
        KvTtl.writeSecondsLeft(keys, named, index, answers);
    }

    private static long ttlMs(Request request, Keys named, int index) {
        return request.require(TTL).ms(named.text(), named.from(index), named.to(index));
    }
}
