package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_SETQ}: does the same as {@code KV_SET}, but stays silent unless it fails. */
public final class KvSetQ extends StoreCommand {

    /** Declares the command. */
    public KvSetQ(EntryLimits limits) {
        super(
                "KV_SETQ",
                "Stores keys as KV_SET does, and replies only if it fails.",
                EntriesParameter.notEmpty("keys", limits),
                Shape.SILENCE);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        put(keys, request, named, index);
    }
}
