package dev.tessera.impl.transfer;

import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.dataset.DatasetException;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplySink;
import io.vertx.core.Context;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends internal commands to partitions from worker threads. A partition executes them in their order. Thread-safe. */
final class PartitionClient {

    /** The time to wait for a reply; longer than any other timeout on the way. */
    private static final int ANSWER_TIMEOUT_SECONDS = 60;

    private final Context context;
    private final Dispatcher dispatcher;
    /** The replies that did not come yet. */
    private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();

    private final AtomicLong numbers = new AtomicLong();

    private volatile boolean ended;

    /** Creates a client of a dispatcher that was opened on this context. */
    PartitionClient(Context context, Dispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
    }

    /** Sends a request, and returns its reply, even if it is a refusal. */
    CompletableFuture<byte[]> ask(InternalCommand command, int partition, byte[] argument) {
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        long number = numbers.getAndIncrement();
        waiting.put(number, reply);
        CompletableFuture<byte[]> result = reply.whenComplete((bytes, failure) -> waiting.remove(number));
        // Checked after the reply is listed, so that end() misses none.
        if (ended) {
            reply.completeExceptionally(StopSignal.stopping());
            return result;
        }
        Request request = Request.internal(command, partition, argument);
        context.runOnContext(now -> {
            dispatcher.submit(request, new Completion(reply), 0);
            dispatcher.flushAtTurnEnd();
        });
        return result;
    }

    /** Fails all calls, and all later ones, because the server stops. */
    void end() {
        ended = true;
        waiting.values().forEach(reply -> reply.completeExceptionally(StopSignal.stopping()));
    }

    private record Completion(CompletableFuture<byte[]> reply) implements ReplySink {

        @Override
        public void reply(long slot, byte[] bytes, int from, int to) {
            reply.complete(Arrays.copyOfRange(bytes, from, to));
        }

        @Override
        public void lost(long slot) {
            reply.completeExceptionally(new DatasetException(TransferMessages.ANSWER_LOST));
        }

        @Override
        public void repliesEnd() {
            // Nothing to flush.
        }
    }

    /** Waits for a reply. Thread: a worker. */
    static byte[] await(CompletableFuture<byte[]> reply) throws DatasetException {
        try {
            return reply.get(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new DatasetException(TransferMessages.silent(ANSWER_TIMEOUT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.stopping();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new DatasetException(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
    }
}
