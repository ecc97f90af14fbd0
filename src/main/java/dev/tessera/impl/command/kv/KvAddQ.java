package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_ADDQ}: does the same as {@code KV_ADD}, but replies only with the keys that existed. */
public final class KvAddQ extends StoreCommand {

    /** Declares the command. */
    public KvAddQ(EntryLimits limits) {
        super(
                "KV_ADDQ",
                "Stores keys as KV_ADD does, and replies only with the keys that existed.",
                EntriesParameter.notEmpty("keys", limits),
                Shape.KEYS_OR_SILENCE);
    }

    @Override
    protected boolean replaces() {
        return false;
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        if (!add(keys, request, named, index)) {
            answers.status(named, index, Status.KEY_EXISTS);
        }
    }
}
