package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.command.parameter.EntryLimits;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_SET}: stores keys, and replaces those that exist. */
public final class KvSet extends StoreCommand {

    /** Declares the command. */
    public KvSet(EntryLimits limits) {
        super(
                "KV_SET",
                "Stores keys, and replaces those that exist.",
                EntriesParameter.notEmpty("keys", limits),
                Shape.KEYS);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        boolean replaced = put(keys, request, named, index);
        answers.status(named, index, replaced ? Status.KEY_UPDATED : Status.KEY_SET);
    }
}
