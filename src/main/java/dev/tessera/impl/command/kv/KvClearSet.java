package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Entries;
import dev.tessera.impl.command.parameter.EntriesParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;

/** {@code KV_CLEAR_SET}: puts keys in the place of all that were there. */
public final class KvClearSet extends StoringCommand {

    /** Declares the command. */
    public KvClearSet() {
        super(
                "KV_CLEAR_SET",
                "Removes all keys, then stores keys, as one step.",
                EntriesParameter.any("keys"),
                Shape.ST_COUNT_KEYS);
    }

    @Override
    protected long prepare(KeySpace keys) {
        return keys.clear();
    }

    @Override
    protected void apply(KeySpace keys, Request request, Entries named, int index, KeyAnswers answers) {
        put(keys, named, index);
        answers.status(named, index, Status.KEY_SET);
    }
}
