package dev.tessera.impl.routing;

import dev.tessera.impl.command.GatheredCommand;
import dev.tessera.impl.command.NodeCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries requests to the stores that own their tokens, one batch for each store and flush, and hands the replies back.
 * What one sink submits for one token arrives at the store in that order.
 *
 * <p>Thread: one event loop, from which it was opened.
 */
public final class Dispatcher implements ReplyReceiver {

    /**
     * So many requests leave without waiting for the end of the turn, so that what a store does in one go stays short.
     */
    private static final int TURN_REQUESTS_MAX = 1024;

    private final StoreLink link;
    private final String address;
    private final RequestRouter router;
    private final int replyBytesMax;
    private final CommandMetrics metrics;
    private final CommandCounts counts;
    /** What is being filled, by store; null where nothing is. */
    private final PendingBatch[] open;

    private final Map<Long, PendingBatch> sent = new HashMap<>();
    private final NodeCalls nodeCalls;
    private final JsonWriter gathered = new JsonWriter();
    /** Sinks that have got replies and do not know yet that these were all. */
    private final List<ReplySink> replied = new ArrayList<>();

    private long nextNumber;
    private boolean anyOpen;
    /** Requests since the last flush; one for several stores counts once. */
    private int openRequests;

    private boolean flushPlanned;
    private Context context;

    /**
     * A dispatcher that is still closed.
     *
     * @param link its own way to the stores
     * @param bus its way to the node
     * @param address its own on the event bus
     * @param replyBytesMax how large one answer may be
     * @param metrics where its commands are counted
     */
    public Dispatcher(
            StoreLink link,
            BatchBus bus,
            String address,
            StoreMap stores,
            TokenSource tokens,
            int replyBytesMax,
            CommandMetrics metrics) {
        this.link = link;
        this.address = address;
        this.router = new RequestRouter(stores, tokens);
        this.replyBytesMax = replyBytesMax;
        this.metrics = metrics;
        this.counts = metrics.open();
        this.open = new PendingBatch[stores.storeCount()];
        this.nodeCalls = new NodeCalls(bus, address + ".node", counts);
    }

    /** Begins to receive replies, on the context of the caller. */
    public Future<Void> open() {
        context = Vertx.currentContext();
        return link.open(this).compose(opened -> nodeCalls.open());
    }

    /** Receives no more. */
    public Future<Void> close() {
        return link.close().eventually(nodeCalls::close).onComplete(closed -> metrics.close(counts));
    }

    /**
     * Takes a request without a fault; it leaves with the next {@link #flush()}.
     *
     * @param slot handed back with the reply
     */
    public void submit(Request request, ReplySink sink, long slot) {
        openRequests++;
        counts.received(request.command().number(), request.textLength());
        if (request.command() instanceof NodeCommand) {
            nodeCalls.add(request, sink, slot);
            return;
        }
        int store = router.route(request);
        if (store == RequestRouter.SEVERAL) {
            scatter(request, sink, slot);
        } else {
            batch(store).add(request, sink, slot);
        }
    }

    /** Counts a request that is answered with a fault, of so many bytes, in place of being submitted. */
    public void refused(Request request, Fault fault, int answerBytes) {
        int number = request.command() != null ? request.command().number() : metrics.numberOf(request.name());
        counts.received(number, request.textLength());
        counts.fault(number, fault.status());
        counts.answered(answerBytes);
    }

    private void scatter(Request request, ReplySink sink, long slot) {
        BitSet concerned = router.storesOf(request);
        ScatterGather gathering = new ScatterGather(
                request,
                (GatheredCommand) request.command(),
                concerned.cardinality(),
                gathered,
                replyBytesMax,
                sink,
                slot,
                counts);
        for (int store = concerned.nextSetBit(0); store >= 0; store = concerned.nextSetBit(store + 1)) {
            batch(store).add(request, gathering, store);
        }
    }

    /**
     * Sends what was submitted at the end of this turn of the event loop, together with what else is submitted in it:
     * where many connections are read in one turn, a store gets one batch and not one of each connection.
     */
    public void flushAtTurnEnd() {
        if (openRequests >= TURN_REQUESTS_MAX) {
            flush();
        } else if (openRequests > 0 && !flushPlanned) {
            flushPlanned = true;
            context.runOnContext(turnEnds -> {
                flushPlanned = false;
                flush();
            });
        }
    }

    /** Sends what was submitted. */
    public void flush() {
        openRequests = 0;
        if (anyOpen) {
            flushBatches();
        }
        // Behind the batches, so that a save has what its sender has stored before.
        nodeCalls.flush();
    }

    private void flushBatches() {
        anyOpen = false;
        for (int store = 0; store < open.length; store++) {
            PendingBatch pending = open[store];
            if (pending != null) {
                open[store] = null;
                sent.put(pending.batch().number(), pending);
                link.send(store, pending.batch());
            }
        }
    }

    /** How many batches were sent and are not wholly answered. */
    public int unanswered() {
        return sent.size();
    }

    /** Throws where a batch waits to be sent or answered though nobody waits for anything; for tests. */
    public void checkAtRest() {
        if (anyOpen || !sent.isEmpty()) {
            throw new IllegalStateException(sent.size() + " batches are not answered at " + address);
        }
        nodeCalls.checkAtRest();
    }

    private PendingBatch batch(int store) {
        PendingBatch pending = open[store];
        if (pending == null) {
            anyOpen = true;
            pending = new PendingBatch(new CommandBatch(address, nextNumber++));
            open[store] = pending;
        }
        return pending;
    }

    @Override
    public void replies(ReplyBatch replies) {
        PendingBatch pending = sent.get(replies.number());
        pending.count(replies, counts);
        if (pending.take(replies, replied)) {
            sent.remove(replies.number());
        }
    }

    @Override
    public void repliesEnd() {
        // What a sink does now may bring replies to others.
        for (int i = 0; i < replied.size(); i++) {
            replied.get(i).repliesEnd();
        }
        replied.clear();
    }
}
