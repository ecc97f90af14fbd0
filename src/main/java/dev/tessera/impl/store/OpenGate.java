package dev.tessera.impl.store;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;

/** Refuses nothing and holds nothing back: the gate of a store without a journal. */
record OpenGate(BatchBus bus) implements ReplyGate {

    @Override
    public Fault refusal(Request request) {
        return null;
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
