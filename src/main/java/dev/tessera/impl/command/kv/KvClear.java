package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.CountCommand;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_CLEAR}: removes all keys. */
public final class KvClear extends CountCommand {

    /** Declares the command. */
    public KvClear() {
        super("KV_CLEAR", "Removes all keys.", Effect.REMOVE);
    }

    @Override
    protected long apply(KeySpace keys) {
        return keys.clear();
    }
}
