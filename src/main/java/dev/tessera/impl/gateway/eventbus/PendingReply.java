package dev.tessera.impl.gateway.eventbus;

import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;

/** A message that waits for its answer. The answer gets the type of the message's body. */
final class PendingReply implements ReplySink {

    static final String LOST = "the answer was lost; the server's log has the cause";

    private final CommandAddressVerticle owner;
    private final Message<?> message;
    private final boolean asBuffer;

    PendingReply(CommandAddressVerticle owner, Message<?> message, boolean asBuffer) {
        this.owner = owner;
        this.message = message;
        this.asBuffer = asBuffer;
    }

    @Override
    public Requester requester() {
        return owner.requester();
    }

    @Override
    public void reply(long slot, byte[] bytes, int from, int to) {
        if (asBuffer) {
            message.reply(Buffer.buffer(to - from).appendBytes(bytes, from, to - from));
        } else {
            message.reply(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        owner.onAnswered();
    }

    @Override
    public void lost(long slot) {
        message.fail(Status.UNKNOWN.code(), LOST);
        owner.onAnswered();
    }

    @Override
    public void repliesEnd() {
        // Nothing to flush, because each answer is a message.
    }
}
