package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_CLEAR_SET}: replaces all keys by other keys. */
public final class KvClearSet extends StoreCommand {

    /** Declares the command. */
    public KvClearSet(EntryLimits limits) {
        super(
                "KV_CLEAR_SET",
                "Removes all keys and stores others, as one step.",
                EntriesParameter.any("keys", limits),
                Shape.ST_COUNT_KEYS);
    }

    @Override
    protected long prepare(KeySpace keys) {
        return keys.clear();
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        put(keys, request, named, index);
        answers.status(named, index, Status.KEY_SET);
    }
}
