package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_ADD}: stores the keys that do not exist. */
public final class KvAdd extends StoreCommand {

    /** Declares the command. */
    public KvAdd(EntryLimits limits) {
        super(
                "KV_ADD",
                "Stores the keys that do not exist, and leaves the others unchanged.",
                EntriesParameter.any("keys", limits),
                Shape.KEYS);
    }

    @Override
    protected boolean replaces() {
        return false;
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        boolean added = add(keys, request, named, index);
        answers.status(named, index, added ? Status.KEY_SET : Status.KEY_EXISTS);
    }
}
