package dev.tessera.impl.routing;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.Route;
import dev.tessera.impl.command.TokenSource;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.work.ReplyBacklog;
import dev.tessera.protocol.Status;
import io.vertx.core.Closeable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the stores that own their tokens, in one batch for each store and flush, and hands the replies
 * back. The node itself is one more destination after the stores. A store gets the requests of one sink for one token
 * in the order of their submission.
 *
 * <p>Thread: the event loop that calls {@link #open()}.
 */
public final class Dispatcher implements ReplyReceiver {

    /** A turn flushes early after this many requests, to bound the time that a store spends on one batch. */
    private static final int TURN_REQUESTS_MAX = 1024;

    private static final Fault EARLIER_UNAVAILABLE = new Fault(Status.UNAVAILABLE, Messages.EARLIER_UNAVAILABLE);

    private final StoreLink link;
    private final BatchBus bus;
    private final String address;
    private final RequestRouter router;
    private final int replyBytesMax;
    private final CommandMetrics metrics;
    private final CommandCounts counts;
    private final ReplyBacklog backlog;
    private final Closeable onEnd;
    /** The batches that are being filled, by store; the last one is for the node. */
    private final @Nullable PendingBatch[] open;

    /** The batches without all their replies, by number. */
    private final Map<Long, PendingBatch> sent = new HashMap<>();

    private final OrderedRounds inRounds = new OrderedRounds();
    private final RoundsGather.Sender roundsSender = new RoundsGather.Sender() {
        @Override
        public int send(Request round, RoundsGather to) {
            return sendRound(round, to);
        }

        @Override
        public void ended(Request request, ReplySink sink, boolean available) {
            endRounds(request, sink, available);
        }
    };

    private final JsonWriter gathered = new JsonWriter();
    /** The sinks that got replies and wait for {@link ReplySink#repliesEnd}. */
    private final List<ReplySink> replied = new ArrayList<>();

    private long nextNumber;
    private boolean anyOpen;
    /** The number of requests since the last flush; a request for several stores counts once. */
    private int openRequests;

    private boolean flushPlanned;
    /** Whether replies have led to requests, which nobody else flushes. */
    private boolean flushAfterReplies;

    private @Nullable Context context;
    private @Nullable MessageConsumer<ReplyBatch> consumer;

    /**
     * Creates a dispatcher that is not open yet.
     *
     * @param link its own link to the stores
     * @param bus carries the batches for the node, and all replies that do not come over the link
     * @param address its own address on the event bus
     * @param replyBytesMax the largest answer
     * @param metrics counts its commands
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
        this.bus = bus;
        this.address = address;
        this.router = new RequestRouter(stores, tokens);
        this.replyBytesMax = replyBytesMax;
        this.backlog = new ReplyBacklog(replyBytesMax);
        this.onEnd = ended -> {
            backlog.close();
            ended.succeed();
        };
        this.metrics = metrics;
        this.counts = metrics.open();
        this.open = new PendingBatch[stores.storeCount() + 1];
    }

    /** Begins to receive replies, on the context of the caller. */
    public Future<Void> open() {
        context = Vertx.currentContext();
        // A verticle that ends without a call of close() takes no replies either.
        if (context instanceof ContextInternal owner) {
            owner.addCloseHook(onEnd);
        }
        return link.open(this)
                .compose(opened -> bus.<ReplyBatch>receive(address, this::receive))
                .onSuccess(opened -> consumer = opened)
                .mapEmpty();
    }

    private void receive(ReplyBatch replies) {
        try {
            replies(replies);
            repliesEnd();
        } finally {
            backlog.remove(replies.bytes().length);
        }
    }

    /** Stops receiving replies. */
    public Future<Void> close() {
        backlog.close();
        if (context instanceof ContextInternal owner) {
            owner.removeCloseHook(onEnd);
        }
        return link.close()
                .eventually(() -> consumer == null ? Future.succeededFuture() : consumer.unregister())
                .onComplete(closed -> metrics.close(counts));
    }

    /**
     * Takes a request without a fault. The next {@link #flush()} sends it.
     *
     * @param slot handed back with the reply
     */
    public void submit(Request request, ReplySink sink, long slot) {
        if (!inRounds.isEmpty() && inRounds.await(request, sink, slot)) {
            return;
        }
        openRequests++;
        counts.received(request.commandNumber(), request.textLength());
        Route route = router.route(request);
        switch (route) {
            case ONE_PARTITION -> batch(router.storeOf(request)).add(request, sink, slot);
            case NAMED_PARTITIONS, ALL_PARTITIONS -> scatter(request, router.storesOf(request, route), sink, slot);
            case ROUNDS -> beginRounds(request, sink, slot);
            case NODE -> batch(node()).add(request, sink, slot);
        }
    }

    /** Counts a request that its caller answered with a fault instead of submitting it. */
    public void refused(Request request, Fault fault, int answerBytes) {
        counts.received(request.commandNumber(), request.textLength());
        counts.fault(request.commandNumber(), fault.status());
        counts.answered(answerBytes);
    }

    private void scatter(Request request, BitSet concerned, ReplySink sink, long slot) {
        ScatterGather scatterGather =
                new ScatterGather(request, concerned.cardinality(), gathered, replyBytesMax, sink, slot, counts);
        for (int store = concerned.nextSetBit(0); store >= 0; store = concerned.nextSetBit(store + 1)) {
            batch(store).add(request, scatterGather, store);
        }
    }

    private void beginRounds(Request request, ReplySink sink, long slot) {
        inRounds.begin(request, sink);
        RoundsGather gather = new RoundsGather(
                request,
                router.rounds(request, replyBytesMax),
                gathered,
                replyBytesMax,
                sink,
                slot,
                counts,
                roundsSender);
        gather.goOn();
        // It may be refused at once.
        gather.repliesEnd();
    }

    /**
     * Lets the requests go on that have waited for the end of rounds. If the owner is not available, those for the same
     * token fail as well, because they have waited as long as it was sought.
     */
    private void endRounds(Request ended, ReplySink sink, boolean available) {
        for (OrderedRounds.Waiting next : inRounds.end(ended, sink)) {
            Request request = next.request();
            if (!available && request.hasToken() && request.token() == ended.token()) {
                Answer answer = new Answer(gathered);
                answer.fault(request, EARLIER_UNAVAILABLE);
                byte[] bytes = gathered.take(0);
                counts.received(request.commandNumber(), request.textLength());
                counts.fault(request.commandNumber(), EARLIER_UNAVAILABLE.status());
                counts.answered(bytes.length);
                next.sink().reply(next.slot(), bytes, 0, bytes.length);
                replied.add(next.sink());
            } else {
                submit(request, next.sink(), next.slot());
            }
        }
        flushAfterReplies = true;
    }

    /** Adds a round to the batches of its stores. Returns how many these are. */
    private int sendRound(Request round, RoundsGather to) {
        flushAfterReplies = true;
        if (round.partitions() == null) {
            batch(router.storeOf(round)).add(round, to, 0);
            return 1;
        }
        BitSet concerned = router.storesOf(round, Route.NAMED_PARTITIONS);
        concerned.stream().forEach(store -> batch(store).add(round, to, store));
        return concerned.cardinality();
    }

    /**
     * Flushes at the end of this turn of the event loop. If a turn reads many connections, a store gets one batch from
     * all of them instead of one from each.
     */
    public void flushAtTurnEnd() {
        if (openRequests >= TURN_REQUESTS_MAX) {
            flush();
        } else if (openRequests > 0 && !flushPlanned) {
            flushPlanned = true;
            Objects.requireNonNull(context).runOnContext(turnEnds -> {
                flushPlanned = false;
                flush();
            });
        }
    }

    /** Sends all submitted requests. */
    public void flush() {
        openRequests = 0;
        if (anyOpen) {
            flushBatches();
        }
    }

    private void flushBatches() {
        anyOpen = false;
        // The node comes last, so a save contains the values that its sender has stored before.
        for (int destination = 0; destination < open.length; destination++) {
            PendingBatch pending = open[destination];
            if (pending != null) {
                open[destination] = null;
                sent.put(pending.batch().number(), pending);
                if (destination == node()) {
                    bus.sendToNode(pending.batch());
                } else {
                    link.send(destination, pending.batch());
                }
            }
        }
    }

    /** Returns the number of batches without all their replies. */
    public int unanswered() {
        return sent.size();
    }

    /** Throws if a batch still waits to be sent or answered; for tests, after all callers have their replies. */
    public void checkAtRest() {
        if (anyOpen || !sent.isEmpty()) {
            throw new IllegalStateException(sent.size() + " batches are not answered at " + address);
        }
        backlog.checkAtRest();
    }

    private int node() {
        return open.length - 1;
    }

    private PendingBatch batch(int destination) {
        PendingBatch pending = open[destination];
        if (pending == null) {
            anyOpen = true;
            pending = new PendingBatch(new CommandBatch(address, nextNumber++, backlog));
            open[destination] = pending;
        }
        return pending;
    }

    @Override
    public void replies(ReplyBatch replies) {
        PendingBatch pending = Objects.requireNonNull(sent.get(replies.number()), "a reply without a batch");
        switch (replies.kind()) {
            case REPLIES -> {
                pending.count(replies, counts);
                pending.take(replies, replied);
            }
            case BEGUN -> pending.begin(replies, replied);
            case LOST -> pending.lose(replies.first(), replies.first() + replies.to(0));
        }
        if (pending.isAnswered()) {
            sent.remove(replies.number());
        }
        if (flushAfterReplies) {
            flushAfterReplies = false;
            flush();
        }
    }

    @Override
    public void repliesEnd() {
        // The list may grow during the loop, because a sink may cause replies to others.
        for (int i = 0; i < replied.size(); i++) {
            replied.get(i).repliesEnd();
        }
        replied.clear();
    }
}
