package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.BatchCommand;
import dev.tessera.impl.command.SearchLimits;

/** {@code KV_BATCH}: executes several commands on keys as one step, or none of them. */
public final class KvBatch extends BatchCommand {

    /**
     * Declares the command.
     *
     * @param commandsMax the most commands of a batch
     */
    public KvBatch(int commandsMax, SearchLimits limits) {
        super("KV_BATCH", "Executes several commands as one step, or none of them.", "cmds", commandsMax, limits);
    }
}
