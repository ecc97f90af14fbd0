package dev.tessera.impl.gateway.eventbus;

import dev.tessera.impl.routing.CommandTexts;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Arrays;

/** A message with several commands that waits for the answers to all of them; a slot is the index of a command. */
final class PendingBatchReply implements ReplySink {

    private final CommandAddressVerticle owner;
    private final Message<?> message;
    private final byte[][] answers;
    private int missing;

    /**
     * Creates a message without any answer.
     *
     * @param count the number of commands, at least one
     */
    PendingBatchReply(CommandAddressVerticle owner, Message<?> message, int count) {
        this.owner = owner;
        this.message = message;
        this.answers = new byte[count][];
        this.missing = count;
    }

    @Override
    public Requester requester() {
        return owner.requester();
    }

    @Override
    public void reply(long slot, byte[] bytes, int from, int to) {
        answers[(int) slot] = Arrays.copyOfRange(bytes, from, to);
        missing--;
        if (missing == 0) {
            replyToAll();
        }
        owner.onAnswered();
    }

    @Override
    public void lost(long slot) {
        // The lost answer stays missing, so the others never complete the reply.
        message.fail(Status.UNKNOWN.code(), PendingReply.LOST);
        owner.onAnswered();
    }

    @Override
    public void repliesEnd() {
        // The last answer completes the reply.
    }

    private void replyToAll() {
        Buffer reply = CommandTexts.message();
        for (byte[] answer : answers) {
            CommandTexts.add(reply, answer);
        }
        message.reply(reply);
    }
}
