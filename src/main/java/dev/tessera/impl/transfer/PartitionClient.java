package dev.tessera.impl.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplySink;
import io.vertx.core.Context;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks partitions from worker threads. What is asked of one partition is executed in that order. Thread-safe. */
final class PartitionClient {

    /** Longer than any partition takes, or is waited for elsewhere. */
    private static final int ANSWER_TIMEOUT_SECONDS = 60;

    private final Context context;
    private final Dispatcher dispatcher;
    /** Replies that are waited for. */
    private final Set<CompletableFuture<byte[]>> waiting = ConcurrentHashMap.newKeySet();

    private volatile boolean ended;

    /** Calls by a dispatcher that was opened on a context. */
    PartitionClient(Context context, Dispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
    }

    /** Sends a request; gives its reply, whatever it says. */
    CompletableFuture<byte[]> ask(InternalCommand command, int partition, byte[] argument) {
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        waiting.add(reply);
        reply.whenComplete((bytes, failure) -> waiting.remove(reply));
        if (ended) {
            reply.completeExceptionally(StopSignal.stopping());
            return reply;
        }
        Request request = Request.internal(command, partition, argument);
        context.runOnContext(now -> {
            dispatcher.submit(request, new Completion(reply), 0);
            dispatcher.flushAtTurnEnd();
        });
        return reply;
    }

    /** Ends the waiting for all replies, also of calls to come: those who would answer are going. */
    void end() {
        ended = true;
        waiting.forEach(reply -> reply.completeExceptionally(StopSignal.stopping()));
    }

    private record Completion(CompletableFuture<byte[]> reply) implements ReplySink {

        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            reply.complete(Arrays.copyOfRange(bytes, from, to));
        }

        @Override
        public void lost(long slot) {
            reply.completeExceptionally(
                    new DatasetException("the answer of a partition was lost; the log has the cause"));
        }

        @Override
        public void repliesEnd() {
            // Nothing is gathered here.
        }
    }

    /** Waits for a reply. To be called on a worker thread. */
    static byte[] await(CompletableFuture<byte[]> reply) throws DatasetException {
        try {
            return reply.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new DatasetException("a partition has not answered for " + ANSWER_TIMEOUT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.stopping();
        } catch (ExecutionException e) {
            throw new DatasetException(e.getCause().getMessage());
        }
    }
}
