package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_ADD}: stores the keys that are not there. */
public final class KvAdd extends StoringCommand {

    /** Declares the command. */
    public KvAdd() {
        super("KV_ADD", "Stores keys; a key that exists is left as it is.", EntriesParameter.any("keys"), Shape.KEYS);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        boolean added = add(keys, named, index);
        answers.status(named, index, added ? Status.KEY_SET : Status.KEY_EXISTS);
    }
}
