package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.Rounds;
import dev.tessera.impl.command.Route;
import dev.tessera.impl.command.TokenSource;
import java.util.BitSet;

/** Finds the stores that execute a request. Thread: one at a time. */
public final class RequestRouter {

    private final StoreMap stores;
    private final TokenSource tokens;

    /** Creates a router among these stores. */
    public RequestRouter(StoreMap stores, TokenSource tokens) {
        this.stores = stores;
        this.tokens = tokens;
    }

    /**
     * Asks the command of a request for the route, which assigns the request its token or its partitions. Call it once
     * per request.
     *
     * @param request a request without a fault
     */
    public Route route(Request request) {
        return request.command().route(request, tokens, stores);
    }

    /**
     * Plans the rounds of a request with the route {@link Route#ROUNDS}.
     *
     * @param answerBytesMax the most bytes of the answer
     */
    public Rounds rounds(Request request, int answerBytesMax) {
        return request.command().rounds(request, tokens, stores, answerBytesMax);
    }

    /** Returns the store that executes a request for {@link Route#ONE_PARTITION}. */
    public int storeOf(Request request) {
        int[] partitions = request.partitions();
        return partitions == null ? stores.storeOf(request.token()) : stores.storeOfPartition(partitions[0]);
    }

    /**
     * Returns the stores that execute one part each of a request for several partitions.
     *
     * @param route the result of {@link #route}
     */
    public BitSet storesOf(Request request, Route route) {
        BitSet concerned = new BitSet(stores.storeCount());
        int[] partitions = request.partitions();
        if (route == Route.NAMED_PARTITIONS && partitions != null) {
            for (int partition : partitions) {
                concerned.set(stores.storeOfPartition(partition));
            }
        } else {
            concerned.set(0, stores.storeCount());
        }
        return concerned;
    }
}
