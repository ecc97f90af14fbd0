package dev.tessera.impl.cluster.commit;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.routing.CommandBatch;

/**
 * Consecutive requests of what a dispatcher has handed over at once. Immutable.
 *
 * @param first the index of the first of them
 * @param behind the index behind the last of them
 * @param sinceMs when they were handed over, by a clock that only goes forward
 */
record BatchSlice(CommandBatch batch, int first, int behind, long sinceMs) {

    int size() {
        return behind - first;
    }

    Request request(int index) {
        return batch.request(first + index);
    }

    BatchSlice head(int count) {
        return new BatchSlice(batch, first, first + count, sinceMs);
    }

    BatchSlice tail(int from) {
        return new BatchSlice(batch, first + from, behind, sinceMs);
    }
}
