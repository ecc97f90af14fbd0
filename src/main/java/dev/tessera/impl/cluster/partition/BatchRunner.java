package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.journal.change.ChangeWriter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.session.Partitions;

/**
 * Executes the requests of a batch in their order. A failing request gets an error reply; the others still run. Stops
 * after some time, because others wait for the thread, and after many bytes of replies, because the partition caches
 * them. Thread: one at a time.
 */
public final class BatchRunner {

    /** After this many bytes of changes, no further request of the batch is executed. */
    private static final int CHANGE_BYTES_MAX = 4 * 1024 * 1024;

    /** After this time, no further request of the batch is executed. */
    private static final long TURN_NS = 10_000_000;
    /** Reads the clock after requests and replies of this size: about 0.1 ms of cheap commands. */
    private static final int BYTES_PER_CLOCK_READ = 64 * 1024;
    /** The work of a request that has no bytes. */
    private static final int REQUEST_BYTES = 256;

    private static final int CAPACITY_KEPT_BYTES = 256 * 1024;

    private final PartitionHost host;
    private final RequestDecoder decoder;
    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    private boolean once;

    /** Creates a runner for one thread of a node. */
    public BatchRunner(PartitionHost host) {
        this.host = host;
        this.decoder = new RequestDecoder(host.commands(), host.depthMax());
    }

    PartitionHost host() {
        return host;
    }

    /**
     * Returns whether the last batch must not run again, even if it changed nothing: a partition returns a chunk of a
     * save only once.
     */
    boolean once() {
        return once;
    }

    /** Executes at least the first request of a batch, and returns the {@link BatchResult}. */
    byte[] run(PartitionBatch batch, Partitions partitions, long nowMs, ChangeWriter changes) {
        out.truncate(0);
        once = false;
        Request[] requests = batch.requests(decoder);
        int[] ends = new int[requests.length];
        int count = 0;
        int credit = BYTES_PER_CLOCK_READ;
        long startNs = 0;
        boolean timeIsLeft = true;
        while (count < requests.length
                && (count == 0
                        || (timeIsLeft
                                && out.size() < host.batchReplyBytesMax()
                                && changes.size() < CHANGE_BYTES_MAX))) {
            int mark = out.size();
            boolean deferred = run(requests[count], batch.client(count), partitions, nowMs);
            changes.commandEnd();
            Request request = requests[count];
            if (count > 0
                    && out.size() > host.batchReplyBytesMax()
                    && request.fault() == null
                    && request.command().effect(request) == Effect.READ) {
                // A large read begins the next batch. Alone it is too large for the cache.
                out.truncate(mark);
                break;
            }
            once |= request.fault() == null && request.command() instanceof InternalCommand;
            ends[count++] = deferred ? ~out.size() : out.size();
            credit -= REQUEST_BYTES + request.textLength() + out.size() - mark + answer.takeWork();
            if (credit < 0) {
                credit = BYTES_PER_CLOCK_READ;
                long nowNs = host.nanoClock().getAsLong();
                startNs = startNs == 0 ? nowNs : startNs;
                timeIsLeft = nowNs - startNs < TURN_NS;
            }
        }
        byte[] result =
                BatchResult.executed(ends, count, out.array(), out.size(), !timeIsLeft && count < requests.length);
        out.take(CAPACITY_KEPT_BYTES);
        return result;
    }

    /** Writes the answer of a request. If it is deferred, writes its {@link DeferredId} instead and returns true. */
    private boolean run(Request request, ClientId client, Partitions partitions, long nowMs) {
        if (request.fault() != null) {
            // The sending node accepted the request; its configuration differs from the one of this node.
            answer.fault(request, request.fault());
            return false;
        }
        Later later = AnswerGuard.execute(request, partitions, nowMs, out, answer, host.replyBytesMax());
        if (later instanceof Preparation preparation) {
            // The batch must end with its changes, so that no worker can take over.
            preparation.run(() -> false);
            answer.prepare(preparation);
            later = AnswerGuard.execute(request, partitions, nowMs, out, answer, host.replyBytesMax());
        }
        if (!(later instanceof Deferred deferred)) {
            return false;
        }
        host.deferredReplies().offer(deferred, request, client).write(out);
        return true;
    }
}
