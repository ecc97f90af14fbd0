package dev.tessera.impl.store;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.AnswerGuard;
import dev.tessera.impl.command.Deferred;
import dev.tessera.impl.command.Later;
import dev.tessera.impl.command.Preparation;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.work.FairQueue;
import dev.tessera.impl.work.Requester;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes the requests of a batch in their order. A failing request gets an error reply; the others still run. If the
 * executor itself fails, every unanswered request gets that error.
 *
 * <p>A turn of the event loop ends after some time or some bytes of replies. The rest of its requests, and those that
 * arrive meanwhile, then wait in a line for each client. The next turns take a slice of each line in turn, until no
 * line is left. So the requests of one client keep their order, and a client does not wait for all requests of another.
 *
 * <p>A command may leave its rest to a worker. If the rest is a reply, the client's next requests run meanwhile. If it
 * prepares a change, they wait, because the command is executed again afterwards. Thread: the owner of the partitions.
 */
final class BatchExecutor {

    private static final LimitedLog FAILED =
            LimitedLog.error(BatchExecutor.class, "A batch failed; this is a fault of the server, please report it");
    private static final LimitedLog REPLIES_LOST =
            LimitedLog.error(BatchExecutor.class, "The replies of the failed batch are lost");
    /** Sends the replies after this many bytes, so that a batch of large reads is never held as a whole. */
    private static final int REPLY_BATCH_BYTES = 512 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 2 * REPLY_BATCH_BYTES;
    /** Yields after this many reply bytes, to let the gateway send them, or drop a slow client, first. */
    private static final int TURN_BYTES = 4 * REPLY_BATCH_BYTES;
    /** Yields after this time. */
    private static final long TURN_NS = 10_000_000;
    /** Goes on with the next client after this time, if requests of several clients wait. */
    private static final long SLICE_NS = 1_000_000;
    /** Reads the clock after requests and replies of this size: about 0.1 ms of cheap commands. */
    private static final int BYTES_PER_CLOCK_READ = 64 * 1024;
    /** The work of a request that has no bytes. */
    private static final int REQUEST_BYTES = 256;
    /** The work of handing a task to the workers, which look at all waiting tasks then. */
    private static final int LATER_BYTES = 16 * 1024;

    /**
     * Consecutive requests of one client in one batch, which are not executed yet.
     *
     * @param to the index after the last one
     * @param prepared the preparation of the first one; null if it was not executed yet
     */
    private record Piece(
            CommandBatch batch, int from, int to, @Nullable Preparation prepared) {

        Requester client() {
            return batch.requester(from);
        }
    }

    private final Partitions partitions;
    private final int replyBytesMax;
    private final DeferredTasks workers;
    private final ReplyGate gate;
    private final LongSupplier nanoClock;
    private final Consumer<LongConsumer> nextTurn;
    /** Empty except under load and while workers prepare changes. The senders' limits in flight bound it. */
    private final FairQueue<Piece> waiting = new FairQueue<>();

    private boolean turnPlanned;

    private final JsonWriter out = new JsonWriter();
    private final Answer answer = new Answer(out);
    /** The first request of the current batch whose reply is neither sent nor left to a worker. */
    private int first;

    // The state of the current turn.
    private long sentBytes;
    /** The bytes that may be handled before the clock is read. */
    private int credit;

    private boolean timed;
    private long nowNs;
    private long turnEndNs;
    private long sliceEndNs;

    /**
     * Creates an executor on some partitions.
     *
     * @param nanoClock a clock like {@link System#nanoTime()}
     * @param nextTurn calls its argument in a later turn of the event loop, with the time of that turn
     */
    BatchExecutor(
            Partitions partitions,
            int replyBytesMax,
            DeferredTasks workers,
            ReplyGate gate,
            LongSupplier nanoClock,
            Consumer<LongConsumer> nextTurn) {
        this.partitions = partitions;
        this.replyBytesMax = replyBytesMax;
        this.workers = workers;
        this.gate = gate;
        this.nanoClock = nanoClock;
        this.nextTurn = nextTurn;
    }

    /** Executes a batch, now or in later turns. Sends replies to all its requests, at once or in parts. */
    void execute(CommandBatch batch, long nowMs) {
        if (!waiting.isEmpty() || batch.backlog().isFull()) {
            queue(batch, 0);
            goOn(nowMs);
            return;
        }
        // A cheap batch is executed without a look at the clock.
        beginTurn(false);
        int next = execute(batch, 0, batch.size(), null, nowMs);
        if (next < batch.size()) {
            queue(batch, next);
            planTurn();
        }
    }

    /** Returns whether no request waits, for a turn or for a worker. */
    boolean isAtRest() {
        return waiting.isEmpty();
    }

    private void queue(CommandBatch batch, int from) {
        int end;
        for (int i = from; i < batch.size(); i = end) {
            end = batch.endOfRequester(i);
            waiting.add(batch.requester(i), new Piece(batch, i, end, null));
        }
    }

    private void planTurn() {
        if (!turnPlanned) {
            turnPlanned = true;
            nextTurn.accept(nowMs -> {
                turnPlanned = false;
                goOn(nowMs);
            });
        }
    }

    /** Executes waiting requests for one turn, unless the next turn is planned. */
    private void goOn(long nowMs) {
        if (turnPlanned) {
            return;
        }
        boolean done = false;
        try {
            done = executeWaiting(nowMs);
        } finally {
            if (!done) {
                planTurn();
            }
        }
    }

    /** Executes waiting requests until the turn is over. Returns whether none is left that could run. */
    private boolean executeWaiting(long nowMs) {
        beginTurn(true);
        for (Piece piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            if (piece.prepared == null && piece.batch.backlog().isFull()) {
                hold(piece);
                continue;
            }
            execute(piece, nowMs);
            if (isTurnOver()) {
                return false;
            }
            beginSlice();
        }
        return true;
    }

    /** Lets the client of a piece wait until the replies before it are taken. */
    private void hold(Piece piece) {
        Requester client = piece.client();
        waiting.addFirst(client, piece);
        waiting.block(client);
        piece.batch
                .backlog()
                .whenNotFull(() -> nextTurn.accept(nowMs -> {
                    waiting.unblock(client);
                    // Many clients may go on at once, so they share a turn.
                    planTurn();
                }));
    }

    private void execute(Piece piece, long nowMs) {
        int next = piece.to;
        try {
            next = execute(piece.batch, piece.from, piece.to, piece.prepared, nowMs);
        } finally {
            if (next < piece.to) {
                waiting.addFirst(piece.client(), new Piece(piece.batch, next, piece.to, null));
            }
        }
    }

    // The clock

    private void beginTurn(boolean withClock) {
        sentBytes = 0;
        credit = BYTES_PER_CLOCK_READ;
        timed = withClock;
        if (withClock) {
            readClock();
            turnEndNs = nowNs + TURN_NS;
            beginSlice();
        }
    }

    private void beginSlice() {
        sliceEndNs = nowNs + SLICE_NS;
    }

    private void readClock() {
        nowNs = nanoClock.getAsLong();
        credit = BYTES_PER_CLOCK_READ;
    }

    /** Counts work, and returns whether the slice is over. */
    private boolean spend(int bytes) {
        credit -= bytes;
        return credit < 0 && isSliceOver();
    }

    private boolean isSliceOver() {
        readClock();
        if (!timed) {
            // The first read of a turn without a queue, where all clients have the whole turn together.
            timed = true;
            turnEndNs = nowNs + TURN_NS;
            sliceEndNs = turnEndNs;
        }
        return nowNs - sliceEndNs >= 0 || isTurnOver();
    }

    private boolean isTurnOver() {
        return sentBytes >= TURN_BYTES || (timed && nowNs - turnEndNs >= 0);
    }

    // Execution

    /**
     * Executes consecutive requests of a batch until the slice is over, or a client must wait for a worker. Every
     * request before the returned index has its reply, or gets it later, even if the executor fails.
     *
     * @param prepared the preparation of the first request; null without one
     * @return the index of the first request that is not executed
     */
    private int execute(CommandBatch batch, int from, int to, @Nullable Preparation prepared, long nowMs) {
        first = from;
        answer.prepare(prepared);
        try {
            executeSlice(batch, from, to, nowMs);
            return first;
        } catch (RuntimeException | Error e) {
            // Errors too, such as OutOfMemoryError while replies are collected.
            FAILED.log(e);
            fail(batch, to);
            return to;
        }
    }

    private void executeSlice(CommandBatch batch, int from, int to, long nowMs) {
        int[] ends = new int[to - from];
        for (int i = from; i < to; i++) {
            Request request = batch.request(i);
            int before = out.size();
            Later later = execute(batch, i, nowMs);
            if (later != null) {
                if (first < i) {
                    reply(batch, ends, i);
                    ends = new int[to - i];
                }
                first = i + 1;
                boolean waits = leave(later, batch, i);
                boolean over = spend(LATER_BYTES + request.textLength() + answer.takeWork());
                if (waits || ((over || mustPause(batch)) && mayPause(batch, i + 1, to))) {
                    return;
                }
                continue;
            }
            ends[i - first] = out.size();
            boolean over = spend(REQUEST_BYTES + request.textLength() + out.size() - before + answer.takeWork());
            if (over || out.size() >= REPLY_BATCH_BYTES || i == to - 1) {
                reply(batch, ends, i + 1);
                ends = new int[to - first];
                if ((over || mustPause(batch)) && mayPause(batch, i + 1, to)) {
                    return;
                }
            }
        }
    }

    private static boolean mayPause(CommandBatch batch, int next, int to) {
        return next == to || !batch.isUndivided(next);
    }

    private boolean mustPause(CommandBatch batch) {
        return sentBytes >= TURN_BYTES || batch.backlog().isFull();
    }

    /** Executes a request and writes its answer, unless the gate refuses it. Returns the rest for a worker, or null. */
    private @Nullable Later execute(CommandBatch batch, int index, long nowMs) {
        Request request = batch.request(index);
        if (timed && hasEnded(batch, index)) {
            return null;
        }
        Fault refusal = gate.refusal(request);
        if (refusal != null) {
            answer.fault(request, refusal);
            return null;
        }
        try {
            return AnswerGuard.execute(request, partitions, nowMs, out, answer, replyBytesMax);
        } finally {
            gate.executed();
        }
    }

    private static boolean hasEnded(CommandBatch batch, int index) {
        return batch.request(index).command().endsWithClient()
                && batch.requester(index).isGone();
    }

    /** Leaves the rest of a request to a worker. Returns whether the next requests of the client must wait for it. */
    private boolean leave(Later later, CommandBatch batch, int index) {
        Requester client = batch.requester(index);
        Request request = batch.request(index);
        if (later instanceof Deferred deferred) {
            workers.write(
                    client,
                    batch.backlog(),
                    deferred,
                    request,
                    reply -> gate.reply(batch, ReplyBatch.single(batch, index, reply)));
            return false;
        }
        Preparation preparation = (Preparation) later;
        waiting.block(client);
        workers.prepare(client, preparation, request, (refusal, nowMs) -> {
            waiting.unblock(client);
            if (refusal == null) {
                waiting.addFirst(client, new Piece(batch, index, index + 1, preparation));
            } else {
                gate.reply(batch, ReplyBatch.single(batch, index, refusal));
            }
            goOn(nowMs);
        });
        return true;
    }

    /** Sends the written replies to the requests before {@code end}. */
    private void reply(CommandBatch batch, int[] ends, int end) {
        int count = end - first;
        byte[] bytes = out.take(CAPACITY_KEPT_BYTES);
        gate.reply(
                batch,
                new ReplyBatch(batch.number(), first, bytes, count == ends.length ? ends : Arrays.copyOf(ends, count)));
        first = end;
        sentBytes += bytes.length;
    }

    /** Answers all unanswered requests before {@code end} with a fault, or reports their replies as lost. */
    private void fail(CommandBatch batch, int end) {
        out.clear();
        answer.takeLater();
        answer.prepare(null);
        ReplyBatch faults;
        try {
            faults = ReplyBatch.faults(batch, first, end, Fault.INTERNAL);
        } catch (Error e) {
            REPLIES_LOST.log(e);
            faults = ReplyBatch.lost(batch, first, end);
        }
        gate.replyNow(batch, faults);
    }
}
