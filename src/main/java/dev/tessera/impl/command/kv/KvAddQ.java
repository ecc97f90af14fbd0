package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_ADDQ}: {@code KV_ADD} that names only the keys that were there already. */
public final class KvAddQ extends StoringCommand {

    /** Declares the command. */
    public KvAddQ() {
        super(
                "KV_ADDQ",
                "Stores keys as KV_ADD does, and answers only with those that existed.",
                EntriesParameter.notEmpty("keys"),
                Shape.KEYS_OR_SILENCE);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        if (!add(keys, named, index)) {
            answers.status(named, index, Status.KEY_EXISTS);
        }
    }
}
