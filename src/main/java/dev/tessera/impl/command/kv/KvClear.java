package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.CountCommand;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_CLEAR}: removes all keys. */
public final class KvClear extends CountCommand {

    /** Declares the command. */
    public KvClear() {
        super("KV_CLEAR", "Removes all keys.");
    }

    @Override
    protected boolean changesKeys() {
        return true;
    }

    @Override
    public boolean onlyRemoves() {
        return true;
    }

    @Override
    protected long apply(KeySpace keys) {
        return keys.clear();
    }
}
