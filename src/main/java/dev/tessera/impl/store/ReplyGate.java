package dev.tessera.impl.store;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;

/** Stands between the commands of a store and those who wait for the replies. Thread: the store's. */
interface ReplyGate {

    /**
     * Why a request must not be executed now; null where it may be, and then {@link #executed} is to be called behind
     * it.
     */
    Fault refusal(Request request);

    /** Is told that a request was executed, though it may have failed. */
    void executed();

    /** Sends replies to requests of a batch that were executed, at once or as soon as they may leave. */
    void reply(CommandBatch batch, ReplyBatch replies);

    /** Sends replies that promise nothing, at once. */
    void replyNow(CommandBatch batch, ReplyBatch replies);
}
