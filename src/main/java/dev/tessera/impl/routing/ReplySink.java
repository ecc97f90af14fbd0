package dev.tessera.impl.routing;

import dev.tessera.impl.work.Requester;

/** The receiver of the replies to requests that were submitted to a {@link Dispatcher}. Thread: the dispatcher's. */
public interface ReplySink {

    /**
     * Returns the client that waits for the replies; always the same. Thread: any. The default implementation returns
     * the server itself.
     */
    default Requester requester() {
        return Requester.SERVER;
    }

    /**
     * Returns whether consecutive requests of this sink run without those of other clients in between. Thread: any. The
     * default implementation returns false.
     */
    default boolean isUndivided() {
        return false;
    }

    /**
     * Returns whether it takes parts, and answers that no client gets, so that they do not count as replies. The
     * default implementation returns false.
     */
    default boolean takesParts() {
        return false;
    }

    /**
     * Takes one reply. The bytes are valid during the call.
     *
     * @param slot the slot with which the request was submitted
     * @param from the start of the reply; equal to {@code to} if the command is silent
     */
    void reply(long slot, byte[] bytes, int from, int to);

    /**
     * Takes a first answer, which reports that the command has begun. Its reply follows later. The bytes are valid
     * during the call. The default implementation ignores it.
     *
     * @param slot the slot with which the request was submitted
     */
    default void begun(long slot, byte[] bytes, int from, int to) {}

    /**
     * Reports that a reply was lost, because {@link #reply} threw or memory for the reply was missing. No other reply
     * follows for this slot. The default implementation ignores it.
     *
     * @param slot the slot with which the request was submitted
     */
    default void lost(long slot) {}

    /**
     * Counts bytes that wait until a reply to this client is complete. The default implementation ignores them.
     *
     * @param more negative if they wait no longer
     */
    default void keeps(long more) {}

    /** Flushes, because no more replies follow at once. */
    void repliesEnd();
}
