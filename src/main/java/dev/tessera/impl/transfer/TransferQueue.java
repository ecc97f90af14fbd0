package dev.tessera.impl.transfer;

import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.work.FairQueue;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The saves, or the loads, of all clients. One runs at a time, and the next one comes from each client in turn. If too
 * many wait, the client with the most waiting ones loses its newest. A client that leaves loses all that wait.
 *
 * <p>Thread: one event loop, which also completes the futures.
 *
 * @param <T> the type of a request for a save or load
 */
final class TransferQueue<T> {

    private static final Fault TOO_MANY = new Fault(Status.LIMIT_EXCEEDED, TransferMessages.TOO_MANY_WAITING);
    private static final Fault CLIENT_GONE = new Fault(Status.UNAVAILABLE, TransferMessages.CLIENT_GONE);

    private record Entry<T>(Requester client, T request) {}

    private final int requestsMax;
    private final Function<T, Future<?>> job;
    private final BiConsumer<T, Fault> refusal;
    private final FairQueue<Entry<T>> waiting = new FairQueue<>();
    private boolean running;

    /**
     * Creates an empty queue.
     *
     * @param requestsMax the most requests that wait or run
     * @param job starts a save or load; the future completes at its end
     * @param refusal answers a request that does not start
     */
    TransferQueue(int requestsMax, Function<T, Future<?>> job, BiConsumer<T, Fault> refusal) {
        this.requestsMax = requestsMax;
        this.job = job;
        this.refusal = refusal;
    }

    /** Adds a request of a client. It may start, or be refused, during this call. */
    void add(Requester client, T request) {
        // The limits of connections no longer count what the requests of gone clients hold.
        waiting.gone().forEach(gone -> refuse(waiting.removeAll(gone), CLIENT_GONE));
        waiting.add(client, new Entry<>(client, request));
        next();
        while (waiting.size() + (running ? 1 : 0) > requestsMax && waiting.size() > 0) {
            refuse(List.of(waiting.removeNewest(waiting.longest())), TOO_MANY);
        }
    }

    /** Refuses all requests that wait. */
    void refuseAll(Fault fault) {
        List<Entry<T>> all = new ArrayList<>();
        for (Entry<T> entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            all.add(entry);
        }
        refuse(all, fault);
    }

    private void refuse(List<Entry<T>> entries, Fault fault) {
        entries.forEach(entry -> refusal.accept(entry.request, fault));
    }

    private void next() {
        while (!running) {
            Entry<T> entry = waiting.poll();
            if (entry == null) {
                return;
            }
            if (entry.client.isGone()) {
                refuse(List.of(entry), CLIENT_GONE);
            } else {
                running = true;
                job.apply(entry.request).onComplete(ended -> {
                    running = false;
                    next();
                });
            }
        }
    }
}
