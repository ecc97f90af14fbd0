package dev.tessera.impl.store;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import org.jspecify.annotations.Nullable;

/** A gate that a store passes before each command and with its reply. Thread: the store's. */
interface ReplyGate {

    /** Returns why a request must not be executed now. If null, the caller executes it and calls {@link #executed}. */
    @Nullable
    Fault refusal(Request request);

    /** Returns whether there is space for the end of one more session that the request needs; reserves it then. */
    boolean admitsEnd();

    /** Notes that a request was executed, successfully or not. */
    void executed();

    /** Sends the replies to executed requests of a batch, at once or when their changes are on disk. */
    void reply(CommandBatch batch, ReplyBatch replies);

    /** Sends replies at once, because they confirm no changes. */
    void replyNow(CommandBatch batch, ReplyBatch replies);
}
