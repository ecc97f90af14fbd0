package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_CONTAINS}: returns whether keys exist. */
public final class KvContains extends PerKeyCommand<Keys> {

    /** Declares the command. */
    public KvContains() {
        super("KV_CONTAINS", "Returns whether each key exists.", Effect.READ, KeysParameter.any("keys"), Shape.ST_KEYS);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        answers.key(named, index).bool(keys.contains(named.text(), named.from(index), named.to(index)));
    }
}
