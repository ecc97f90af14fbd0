package dev.tessera.impl.command;

import dev.tessera.impl.json.Slice;
import java.util.List;

/**
 * The rounds of one command, each of which asks one partition or some of them. The next round depends on the replies to
 * the one before. So a command that takes long shares the owners with others: it gets a new turn for each round.
 *
 * <p>Thread: the gateway's.
 */
public interface Rounds {

    /** Returns whether the answer can be written, so that no round follows. */
    boolean isComplete();

    /**
     * Returns the request of the next round. If {@link Request#partitions} is null, it goes to the partition of its
     * token, otherwise to the owners of these partitions.
     */
    Request next();

    /**
     * Takes the replies to the last request.
     *
     * @param replies the reply of each owner, in any order: a part, or the whole answer of an owner that failed. Their
     *     bytes never change
     */
    void take(List<Slice> replies);

    /** Writes the answer. */
    void write(Answer answer);
}
