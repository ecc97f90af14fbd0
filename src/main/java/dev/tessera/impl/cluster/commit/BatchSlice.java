package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.routing.CommandBatch;

/**
 * Consecutive requests of one batch of a dispatcher. Immutable.
 *
 * @param first the index of the first request
 * @param end the index after the last request
 * @param sinceMs the time of submission, by a monotonic clock
 */
record BatchSlice(CommandBatch batch, int first, int end, long sinceMs) {

    int size() {
        return end - first;
    }

    Request request(int index) {
        return batch.request(first + index);
    }

    /** Returns whether this is one request that may be dropped, because its client is gone. */
    boolean hasEnded() {
        return size() == 1
                && batch.requester(first).isGone()
                && batch.request(first).command().endsWithClient();
    }

    BatchSlice head(int count) {
        return new BatchSlice(batch, first, first + count, sinceMs);
    }

    BatchSlice tail(int from) {
        return new BatchSlice(batch, first + from, end, sinceMs);
    }
}
