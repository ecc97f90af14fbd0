package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;

/** {@code KV_GET}: returns the values of keys, byte for byte as clients sent them. */
public final class KvGet extends PerKeyCommand<Keys> {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** Declares the command. */
    public KvGet() {
        super(
                "KV_GET",
                "Returns the values of keys, and null for a key that does not exist.",
                Effect.READ,
                KeysParameter.any("keys"),
                Shape.KEYS);
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
    protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        byte[] found = keys.get(named.text(), named.from(index), named.to(index));
        JsonWriter out = answers.key(named, index);
        if (found == null) {
            out.raw(NULL);
        } else {
            out.raw(found, KeyRecord.valueFrom(found), found.length);
        }
    }
}
