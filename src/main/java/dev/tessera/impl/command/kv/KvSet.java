package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_SET}: stores keys, each new or in place of the one that is there. */
public final class KvSet extends StoringCommand {

    /** Declares the command. */
    public KvSet() {
        super("KV_SET", "Stores keys; a key that exists is replaced.", EntriesParameter.notEmpty("keys"), Shape.KEYS);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        boolean replaced = put(keys, named, index);
        answers.status(named, index, replaced ? Status.KEY_UPDATED : Status.KEY_SET);
    }
}
