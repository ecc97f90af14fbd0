package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;

/**
 * Executes the requests of a batch in their order, each by itself: what goes wrong in one is its own answer. It stops
 * when the replies have become many bytes, since they are remembered. Thread: one at a time.
 */
public final class BatchRunner {

    /** Behind this many bytes of changes no further request of the batch is executed. */
    private static final int CHANGE_BYTES_MAX = 4 * 1024 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 256 * 1024;
    private static final Fault TOO_MANY_SEARCHES =
            new Fault(Status.LIMIT_EXCEEDED, "too many searches are waiting; try again");

    private final PartitionHost host;
    private final RequestDecoder decoder;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    private boolean once;

    /** A runner for one thread of a node. */
    public BatchRunner(PartitionHost host) {
        this.host = host;
        this.decoder = new RequestDecoder(host.commands(), host.depthMax());
    }

    PartitionHost host() {
        return host;
    }

    /**
     * Says whether the last batch must not be executed again, though it may have changed nothing: a piece of a save is
     * given once.
     */
    boolean once() {
        return once;
    }

    /** Executes at least the first request of a batch; gives the {@link BatchResult}. */
    byte[] run(PartitionBatch batch, Partitions partitions, long nowMs, ChangeWriter changes) {
        out.truncate(0);
        once = false;
        Request[] requests = batch.requests(decoder);
        int[] ends = new int[requests.length];
        int count = 0;
        while (count < requests.length
                && (count == 0 || out.size() < host.batchReplyBytesMax() && changes.size() < CHANGE_BYTES_MAX)) {
            int mark = out.size();
            boolean later = run(requests[count], partitions, nowMs);
            changes.commandEnd();
            if (count > 0
                    && out.size() > host.batchReplyBytesMax()
                    && requests[count].command().effect() == Effect.READ) {
                // A large read begins the next batch, and is then not remembered.
                out.truncate(mark);
                break;
            }
            once |= requests[count].fault() == null && requests[count].command() instanceof InternalCommand;
            ends[count++] = later ? ~out.size() : out.size();
        }
        byte[] result = BatchResult.executed(ends, count, out.array(), out.size());
        out.take(CAPACITY_KEPT_BYTES);
        return result;
    }

    /** Writes the answer of a request; says whether it comes later, and where it is to be had is written instead. */
    private boolean run(Request request, Partitions partitions, long nowMs) {
        int mark = out.size();
        if (request.fault() != null) {
            // Another node has taken it; this one is configured in another way.
            answer.fault(request, request.fault());
            return false;
        }
        Fault fault = AnswerGuard.write(
                request,
                out,
                answer,
                request.command().replyBytesMax(host.replyBytesMax()),
                () -> request.command().execute(request, partitions, nowMs, answer));
        Answer.Deferred later = answer.takeDeferred();
        DeferredId id = null;
        if (fault == null && later != null) {
            id = host.deferredReplySource().offer(later, request);
            fault = id == null ? TOO_MANY_SEARCHES : null;
        }
        if (fault != null) {
            out.truncate(mark);
            answer.fault(request, fault);
        } else if (id != null) {
            id.write(out);
        }
        return id != null;
    }
}
