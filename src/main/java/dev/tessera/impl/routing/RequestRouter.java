package dev.tessera.impl.routing;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.PartitionCommand;
import dev.tessera.impl.command.PartitionedCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.command.parameter.Keys;
import java.util.BitSet;

/**
 * Finds the stores that a request concerns, and gives the request what they need to find its partitions: a token where
 * it is one partition, which is the common case, or else the partition of each key. Thread: one at a time.
 */
public final class RequestRouter {

    /** Stands for more than one partition, which may belong to more than one store. */
    public static final int SEVERAL = -1;

    /** Where a request goes that concerns no key at all; any partition does. */
    private static final long ANY_TOKEN = 0;

    private final StoreMap stores;
    private final TokenSource tokens;

    /** A router among these stores. */
    public RequestRouter(StoreMap stores, TokenSource tokens) {
        this.stores = stores;
        this.tokens = tokens;
    }

    /**
     * Routes a request without a fault, once.
     *
     * @return the store that executes it in one go, or {@link #SEVERAL}
     */
    public int route(Request request) {
        if (request.command() instanceof PartitionCommand command) {
            return toOne(request, command.route(request, tokens));
        }
        if (request.command() instanceof InternalCommand) {
            return stores.storeOfPartition(request.partitions()[0]);
        }
        return request.command() instanceof PartitionedCommand command ? routeKeys(request, command) : SEVERAL;
    }

    /** The stores that give a part each, of a request for {@link #SEVERAL}. */
    public BitSet storesOf(Request request) {
        BitSet concerned = new BitSet(stores.storeCount());
        if (request.command() instanceof PartitionedCommand command && !command.concernsAll(request)) {
            for (int partition : request.partitions()) {
                concerned.set(stores.storeOfPartition(partition));
            }
        } else {
            concerned.set(0, stores.storeCount());
        }
        return concerned;
    }

    private int routeKeys(Request request, PartitionedCommand command) {
        boolean all = command.concernsAll(request);
        Keys keys = command.keys(request);
        int count = keys == null ? 0 : keys.size();
        if (!all && count <= 1) {
            return toOne(request, count == 0 ? ANY_TOKEN : token(keys, 0));
        }
        int[] partitions = new int[count];
        for (int i = 0; i < count; i++) {
            partitions[i] = stores.partitionOf(token(keys, i));
        }
        request.assignPartitions(partitions);
        return SEVERAL;
    }

    private int toOne(Request request, long token) {
        request.assignToken(token);
        return stores.storeOf(token);
    }

    private long token(Keys keys, int index) {
        return tokens.ofKey(keys.text(), keys.from(index), keys.to(index));
    }
}
