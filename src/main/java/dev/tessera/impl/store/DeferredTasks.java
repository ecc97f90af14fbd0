package dev.tessera.impl.store;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import io.vertx.core.WorkerExecutor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes answers that take long on worker threads, and hands them back on the store's event loop. How many may wait is
 * bounded, since each holds on to the values that it looks at. Thread: the store's.
 */
final class DeferredTasks {

    private static final Logger LOG = LoggerFactory.getLogger(DeferredTasks.class);

    private final WorkerExecutor workers;
    private final int waitingMax;
    private final int replyBytesMax;
    private int waiting;

    DeferredTasks(WorkerExecutor workers, int waitingMax, int replyBytesMax) {
        this.workers = workers;
        this.waitingMax = waitingMax;
        this.replyBytesMax = replyBytesMax;
    }

    /** Takes work, unless too much waits: then false. */
    boolean offer(Answer.Deferred later, Request request, Consumer<byte[]> reply) {
        if (waiting == waitingMax) {
            return false;
        }
        waiting++;
        workers.executeBlocking(() -> AnswerGuard.writeDeferred(later, request, replyBytesMax), false)
                .otherwise(failure -> failed(request, failure))
                .onSuccess(written -> {
                    waiting--;
                    reply.accept(written);
                });
        return true;
    }

    /** How many were taken and are not replied to. */
    int waiting() {
        return waiting;
    }

    /**
     * What is answered where not even the fault could be written, as where the heap does not suffice: a reply must
     * come.
     */
    private byte[] failed(Request request, Throwable failure) {
        LOG.error("A search failed; this is a fault of the server, please report it", failure);
        JsonWriter out = new JsonWriter();
        new Answer(out).fault(request, Fault.INTERNAL);
        return out.take(0);
    }
}
