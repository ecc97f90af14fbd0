package dev.tessera.impl.routing;

/** Takes the replies to requests that were submitted to a {@link Dispatcher}. Thread: the dispatcher's. */
public interface ReplySink {

    /**
     * Takes one reply; the bytes are valid during the call.
     *
     * @param slot what the request was submitted with
     * @param from where the reply begins; equal to {@code to} where the command is silent
     */
    void reply(long slot, byte[] bytes, int from, int to);

    /**
     * Takes a first answer, which says that the command has begun; its reply is still to come, when it comes. The bytes
     * are valid during the call. By default it is passed over.
     *
     * @param slot what the request was submitted with
     */
    default void begun(long slot, byte[] bytes, int from, int to) {}

    /**
     * Is told that a reply was lost, because {@link #reply} has thrown or there was no memory to make the reply: no
     * other comes for this slot. By default it is passed over.
     *
     * @param slot what the request was submitted with
     */
    default void lost(long slot) {}

    /** Says that no more replies follow at once: time to flush. */
    void repliesEnd();
}
