package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.CountCommand;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_COUNT}: counts the keys. */
public final class KvCount extends CountCommand {

    /** Declares the command. */
    public KvCount() {
        super("KV_COUNT", "Counts the keys.", Effect.READ);
    }

    @Override
    protected long apply(KeySpace keys) {
        return keys.size();
    }
}
