package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.Rounds;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import java.util.List;

/** The rounds of one request: sends one after the other, and writes the answer after the last one. */
final class RoundsGather implements ReplySink {

    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final Request request;
    private final Rounds rounds;
    private final JsonWriter out;
    private final int replyBytesMax;
    private final ReplySink sink;
    private final long slot;
    private final CommandCounts counts;
    private final Sender sender;
    private final ReplyParts parts;
    private int missing;
    private boolean ended;

    /** Sends rounds. */
    interface Sender {

        /** Sends a round to all its stores. Returns how many these are. */
        int send(Request round, RoundsGather to);

        /**
         * Must be called when the last round has ended.
         *
         * @param available false if the owner did not execute the request
         */
        void ended(Request request, ReplySink sink, boolean available);
    }

    RoundsGather(
            Request request,
            Rounds rounds,
            JsonWriter out,
            int replyBytesMax,
            ReplySink sink,
            long slot,
            CommandCounts counts,
            Sender sender) {
        this.request = request;
        this.rounds = rounds;
        this.out = out;
        this.replyBytesMax = replyBytesMax;
        this.sink = sink;
        this.slot = slot;
        this.parts = new ReplyParts(sink, 1);
        this.counts = counts;
        this.sender = sender;
    }

    /** Sends the next round, or the answer. */
    void goOn() {
        if (requester().isGone()) {
            end(NOTHING);
        } else if (rounds.isComplete()) {
            end(answer());
        } else {
            missing = sender.send(rounds.next(), this);
        }
    }

    private void end(byte[] answer) {
        ended = true;
        counts.answered(answer.length);
        boolean available = true;
        if (answer.length > 0) {
            counts.replyWithStatus(request, answer, 0);
            available = AnswerStatus.of(answer, 0) != Status.UNAVAILABLE.code();
        }
        sink.reply(slot, answer, 0, answer.length);
        sender.ended(request, sink, available);
    }

    private byte[] answer() {
        Answer answer = new Answer(out);
        Fault fault = AnswerGuard.write(request, out, answer, replyBytesMax, () -> rounds.write(answer));
        if (fault != null) {
            answer.restart().fault(request, fault);
        }
        return out.take(CAPACITY_KEPT_BYTES);
    }

    @Override
    public Requester requester() {
        return sink.requester();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public void reply(long store, byte[] bytes, int from, int to) {
        parts.add(bytes, from, to);
        if (--missing > 0) {
            return;
        }
        List<Slice> received = parts.take();
        if (!requester().isGone()) {
            rounds.take(received);
        }
        goOn();
    }

    @Override
    public void lost(long store) {
        // Several stores may lose their parts; the sink hears of it once.
        if (!ended) {
            ended = true;
            parts.clear();
            sink.lost(slot);
            sender.ended(request, sink, true);
        }
    }

    @Override
    public void repliesEnd() {
        if (ended) {
            sink.repliesEnd();
        }
    }
}
