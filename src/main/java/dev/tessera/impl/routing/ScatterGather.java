package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.Requester;
import java.util.List;

/** Collects the parts of one request, and writes the answer after the last one. */
final class ScatterGather implements ReplySink {

    private static final int CAPACITY_KEPT_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};

    /** In place of the request after its answer, because batches keep this object until all their replies have come. */
    private static final Request ANSWERED = Request.unnamed(Fault.INTERNAL);

    private Request request;
    private final int expected;
    private final JsonWriter out;
    private final int replyBytesMax;
    private final ReplySink sink;
    private final long slot;
    private final CommandCounts counts;
    private final ReplyParts parts;
    private int partsReceived;
    private boolean lost;

    ScatterGather(
            Request request,
            int expected,
            JsonWriter out,
            int replyBytesMax,
            ReplySink sink,
            long slot,
            CommandCounts counts) {
        this.request = request;
        this.expected = expected;
        this.out = out;
        this.replyBytesMax = replyBytesMax;
        this.sink = sink;
        this.slot = slot;
        this.counts = counts;
        this.parts = new ReplyParts(sink, expected);
    }

    @Override
    public Requester requester() {
        return sink.requester();
    }

    @Override
    public boolean isUndivided() {
        return sink.isUndivided();
    }

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public void reply(long store, byte[] bytes, int from, int to) {
        parts.add(bytes, from, to);
        if (++partsReceived == expected) {
            // A store drops the work of a client that is gone, and sends no part for it.
            List<Slice> received = parts.take();
            byte[] answer = requester().isGone() ? NOTHING : gather(received);
            counts.answered(answer.length);
            if (answer.length > 0) {
                // The fault of a partial failure may end with the member notApplied instead of its message.
                counts.replyWithStatus(request, answer, 0);
            }
            request = ANSWERED;
            sink.reply(slot, answer, 0, answer.length);
        }
    }

    private byte[] gather(List<Slice> received) {
        Answer answer = new Answer(out);
        Fault fault = AnswerGuard.write(
                request, out, answer, replyBytesMax, () -> request.command().gather(request, received, answer));
        if (fault != null) {
            answer.restart().fault(request, fault);
        }
        return out.take(CAPACITY_KEPT_BYTES);
    }

    @Override
    public void lost(long store) {
        // Several stores may lose their parts; the sink hears of it once.
        if (!lost) {
            lost = true;
            parts.clear();
            sink.lost(slot);
        }
    }

    @Override
    public void repliesEnd() {
        if (partsReceived == expected) {
            sink.repliesEnd();
        }
    }
}
