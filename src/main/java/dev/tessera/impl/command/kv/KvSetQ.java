package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;

/** {@code KV_SETQ}: {@code KV_SET} that is silent unless it fails. */
public final class KvSetQ extends StoringCommand {

    /** Declares the command. */
    public KvSetQ() {
        super(
                "KV_SETQ",
                "Stores keys as KV_SET does, and answers only where it fails.",
                EntriesParameter.notEmpty("keys"),
                Shape.SILENCE);
    }

    @Override
    protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        put(keys, named, index);
    }
}
