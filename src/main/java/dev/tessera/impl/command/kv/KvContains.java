package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.KeyedCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_CONTAINS}: says which keys are there. */
public final class KvContains extends KeyedCommand<Keys> {

    /** Declares the command. */
    public KvContains() {
        super("KV_CONTAINS", "Says of each key whether it exists.", KeysParameter.any("keys"), Shape.ST_KEYS);
    }

    @Override
    protected boolean changesKeys() {
        return false;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        answers.key(named, index).bool(keys.contains(named.text(), named.from(index), named.to(index)));
    }
}
