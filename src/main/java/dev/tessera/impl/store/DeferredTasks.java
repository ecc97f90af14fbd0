package dev.tessera.impl.store;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import io.vertx.core.WorkerExecutor;
import java.util.function.Consumer;

/**
 * Writes slow answers on worker threads, and hands them back on the store's event loop. The number of waiting tasks is
 * bounded, because each keeps the values that it searches alive. Thread: the store's.
 */
final class DeferredTasks {

    private static final LimitedLog FAILED =
            LimitedLog.error(DeferredTasks.class, "A search failed; this is a fault of the server, please report it");

    private final WorkerExecutor workers;
    private final int waitingMax;
    private final int replyBytesMax;
    private int waiting;

    DeferredTasks(WorkerExecutor workers, int waitingMax, int replyBytesMax) {
        this.workers = workers;
        this.waitingMax = waitingMax;
        this.replyBytesMax = replyBytesMax;
    }

    /**
     * Takes a task, and passes its answer to {@code reply} later.
     *
     * @return false if too many tasks wait
     */
    boolean offer(Answer.Deferred task, Request request, Consumer<byte[]> reply) {
        if (waiting == waitingMax) {
            return false;
        }
        waiting++;
        workers.executeBlocking(() -> AnswerGuard.writeDeferred(task, request, replyBytesMax), false)
                .otherwise(failure -> failed(request, failure))
                .onSuccess(written -> {
                    waiting--;
                    reply.accept(written);
                });
        return true;
    }

    /** Returns the number of tasks without a reply. */
    int waiting() {
        return waiting;
    }

    /** Returns a fault for a task that could not even write its fault, because each task must get a reply. */
    private static byte[] failed(Request request, Throwable failure) {
        FAILED.log(failure);
        JsonWriter out = new JsonWriter();
        new Answer(out).fault(request, Fault.INTERNAL);
        return out.take(0);
    }
}
