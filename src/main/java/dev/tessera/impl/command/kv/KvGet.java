package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.KeyedCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_GET}: gives the values of keys, byte for byte as they were sent. */
public final class KvGet extends KeyedCommand<Keys> {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /** Declares the command. */
    public KvGet() {
        super(
                "KV_GET",
                "Gets the values of keys; null for a key that does not exist.",
                KeysParameter.any("keys"),
                Shape.KEYS);
    }

    @Override
    protected boolean changesKeys() {
        return false;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        byte[] found = keys.get(named.text(), named.from(index), named.to(index));
        JsonWriter out = answers.key(named, index);
        if (found == null) {
            out.raw(NULL);
        } else {
            out.raw(found, KeyRecord.valueFrom(found), found.length);
        }
    }
}
