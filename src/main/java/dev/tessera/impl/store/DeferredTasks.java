package dev.tessera.impl.store;

import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.impl.work.Requester;
import dev.tessera.impl.work.WorkerQueue;
import dev.tessera.impl.work.WorkerTask;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The work that one store has left to the workers of the server. The outcomes come back on the thread of the store.
 * Thread: the store's.
 */
final class DeferredTasks {

    private static final byte[] NOTHING = {};

    /** Takes the outcome of a task. Thread: the store's. */
    interface OutcomeSink {

        /**
         * Takes the outcome.
         *
         * @param reply the reply to the command; null if a {@link Preparation} has run, after which the command is
         *     executed again
         * @param nowMs the store's wall clock
         */
        void take(byte @Nullable [] reply, long nowMs);
    }

    private final WorkerQueue workers;
    private final int replyBytesMax;
    private final Consumer<LongConsumer> owner;
    private int unanswered;

    /**
     * Creates an instance without tasks.
     *
     * @param owner calls its argument on the thread of the store, with the time of the store; any thread may call it
     */
    DeferredTasks(WorkerQueue workers, int replyBytesMax, Consumer<LongConsumer> owner) {
        this.workers = workers;
        this.replyBytesMax = replyBytesMax;
        this.owner = owner;
    }

    /** Lets a worker write a reply. The reply of a client that is gone may be empty. */
    void write(Requester client, ReplyBacklog backlog, Deferred deferred, Request request, Consumer<byte[]> reply) {
        submit(
                client,
                backlog,
                deferred,
                request,
                () -> AnswerGuard.writeDeferred(deferred, request, replyBytesMax, client::isGone),
                (written, nowMs) -> reply.accept(Objects.requireNonNull(written)));
    }

    /** Lets a worker run a preparation. */
    void prepare(Requester client, Preparation preparation, Request request, OutcomeSink sink) {
        submit(
                client,
                ReplyBacklog.unbounded(),
                preparation,
                request,
                () -> {
                    preparation.run(client::isGone);
                    return null;
                },
                sink);
    }

    private void submit(
            Requester client,
            ReplyBacklog backlog,
            Later later,
            Request request,
            Supplier<byte @Nullable []> work,
            OutcomeSink sink) {
        unanswered++;
        workers.submit(client, new WorkerTask() {
            @Override
            public String name() {
                return request.command().name();
            }

            @Override
            public Runnable run() {
                byte[] outcome = AnswerGuard.work(request, work);
                return () -> end(backlog, outcome, sink);
            }

            @Override
            public void refuse() {
                end(backlog, refusal(client, request), sink);
            }

            @Override
            public List<KeySnapshot> snapshots() {
                return later.snapshots();
            }

            @Override
            public ReplyBacklog backlog() {
                return backlog;
            }
        });
    }

    /** Takes the outcome to the thread of the store, without the task: a refused one must not keep its snapshots. */
    private void end(ReplyBacklog backlog, byte @Nullable [] outcome, OutcomeSink sink) {
        int bytes = outcome == null ? 0 : outcome.length;
        backlog.add(bytes);
        owner.accept(nowMs -> {
            unanswered--;
            backlog.remove(bytes);
            sink.take(outcome, nowMs);
        });
    }

    /** Returns the number of tasks without an outcome. */
    int unanswered() {
        return unanswered;
    }

    private static byte[] refusal(Requester client, Request request) {
        return client.isGone() ? NOTHING : AnswerGuard.fault(request, AnswerGuard.TOO_MANY_SEARCHES);
    }
}
