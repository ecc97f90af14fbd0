package dev.tessera.server;

import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.journal.change.ReplayTarget;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.session.PartitionRestorer;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * A resolver from tokens and keys of the journal to today's partitions. Their number may differ from that at the time
 * of writing.
 */
final class PartitionResolver implements ReplayTarget {

    private final StoreMap stores;
    private final TokenSource tokens;
    private final PartitionRestorer[] partitions;

    /**
     * Creates a resolver.
     *
     * @param restorer returns the restorer of the partition with a given number
     */
    PartitionResolver(StoreMap stores, TokenSource tokens, IntFunction<PartitionRestorer> restorer) {
        this.stores = stores;
        this.tokens = tokens;
        this.partitions = new PartitionRestorer[stores.partitionCount()];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = restorer.apply(i);
        }
    }

    /** Returns the latest of {@link PartitionRestorer#usedMs}. */
    long usedMs() {
        return Arrays.stream(partitions)
                .mapToLong(PartitionRestorer::usedMs)
                .max()
                .orElse(0);
    }

    @Override
    public PartitionRestorer ofToken(long token) {
        return partitions[stores.partitionOf(token)];
    }

    @Override
    public PartitionRestorer ofKey(byte[] text, int from, int to) {
        return ofToken(tokens.ofKey(text, from, to));
    }
}
