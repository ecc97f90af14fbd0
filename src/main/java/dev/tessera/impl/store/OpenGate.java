package dev.tessera.impl.store;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import org.jspecify.annotations.Nullable;

/** The gate of a store without a journal: it refuses no request and holds no reply. */
record OpenGate(BatchBus bus) implements ReplyGate {

    @Override
    public @Nullable Fault refusal(Request request) {
        return null;
    }

    @Override
    public boolean admitsEnd() {
        return true;
    }

    @Override
    public void executed() {}

    @Override
    public void reply(CommandBatch batch, ReplyBatch replies) {
        bus.reply(batch, replies);
    }

    @Override
    public void replyNow(CommandBatch batch, ReplyBatch replies) {
        bus.reply(batch, replies);
    }
}
