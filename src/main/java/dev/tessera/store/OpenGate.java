package dev.tessera.store;

import dev.tessera.command.Request;
import dev.tessera.protocol.Fault;
import dev.tessera.routing.BatchBus;
import dev.tessera.routing.CommandBatch;
import dev.tessera.routing.ReplyBatch;

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
