package dev.tessera.impl.transfer;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.sh.ShLoad;
import dev.tessera.impl.command.sh.ShSave;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.ReplyBatch;
import dev.tessera.impl.routing.StoreMap;
import dev.tessera.impl.work.Requester;
import dev.tessera.protocol.Status;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The executor of {@code SH_SAVE} and {@code SH_LOAD} for all dispatchers. One save and one load run at a time, on
 * worker threads. Others wait for their turn.
 */
public final class TransferVerticle extends VerticleBase {

    private static final LimitedLog LOAD_FAILED =
            LimitedLog.warn(TransferVerticle.class, "Loading '{}' failed: {}; {} sessions and {} keys were loaded");
    private static final Fault STOPPING = new Fault(Status.UNAVAILABLE, TransferMessages.STOPPING);
    private static final LimitedLog FAILED = LimitedLog.error(
            TransferVerticle.class, "A save or load failed; this is a fault of the server, please report it");

    /** One thread for a save, and one for a load. */
    private static final int WORKERS = 2;
    /** Saves may run for hours, so the blocked-thread warning is off. */
    private static final int WORK_DAYS_MAX = 365;

    private final StoreMap stores;
    private final Dispatcher dispatcher;
    private final TransferOptions options;
    private final InstantSource wall;
    private final InstantSource steady;
    private final StopSignal stop = new StopSignal();
    /** The running jobs. */
    private final Set<Future<?>> jobs = ConcurrentHashMap.newKeySet();

    /** Null before the start. */
    private @Nullable Running running;

    private final TransferQueue<Call> saves;
    private final TransferQueue<Call> loads;

    /** The parts that exist from the start on. */
    private record Running(BatchBus bus, WorkerExecutor workers, PartitionClient partitions, Transfers transfers) {}

    /** A request of a batch, which gets its own reply. */
    private record Call(CommandBatch batch, int index) {

        Request request() {
            return batch.request(index);
        }

        Requester client() {
            return batch.requester(index);
        }
    }

    /**
     * Creates a verticle that is not deployed yet.
     *
     * @param dispatcher its own dispatcher, which it opens
     * @param wall the wall clock, which dates saves
     * @param steady a clock without jumps, which measures durations
     */
    public TransferVerticle(
            StoreMap stores, Dispatcher dispatcher, TransferOptions options, InstantSource wall, InstantSource steady) {
        this.stores = stores;
        this.dispatcher = dispatcher;
        this.options = options;
        this.wall = wall;
        this.steady = steady;
        this.saves = new TransferQueue<>(options.waitingMax(), this::save, this::refuse);
        this.loads = new TransferQueue<>(options.waitingMax(), this::load, this::refuse);
    }

    @Override
    public Future<?> start() {
        BatchBus bus = new BatchBus(vertx.eventBus());
        PartitionClient partitions = new PartitionClient(context, dispatcher);
        running = new Running(
                bus,
                vertx.createSharedWorkerExecutor("tessera-files", WORKERS, WORK_DAYS_MAX, TimeUnit.DAYS),
                partitions,
                new Transfers(partitions, stores, options, wall, steady, stop));
        return dispatcher.open().compose(opened -> bus.<CommandBatch>receive(BatchBus.NODE_ADDRESS, this::onBatch));
    }

    @Override
    public Future<?> stop() {
        stop.give();
        refuseWaiting();
        running().partitions().end();
        // The last replies go to event loops, which Vert.x closes afterwards.
        return Future.join(List.copyOf(jobs)).transform(ended -> dispatcher.close());
    }

    /** Ends the running jobs soon, and refuses others. Any thread may call it. */
    public void endSoon() {
        stop.give();
        context.runOnContext(now -> refuseWaiting());
    }

    private void refuseWaiting() {
        saves.refuseAll(STOPPING);
        loads.refuseAll(STOPPING);
    }

    /**
     * Loads a save at the start of the server, before it accepts clients. Any thread may call it.
     *
     * @param path the directory of all saves
     * @return the result; the future never fails
     */
    public Future<Loaded> load(Path path, String name) {
        return load(path, name, Requester.SERVER);
    }

    private Future<Loaded> load(Path path, String name, Requester client) {
        return work(() -> running().transfers().load(path, name, client))
                .otherwise(failure -> new Loaded(0, 0, internal(failure)));
    }

    private <T> Future<T> work(Callable<T> task) {
        Future<T> done = running().workers().executeBlocking(task, false);
        jobs.add(done);
        return done.onComplete(ended -> jobs.remove(done));
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    private void onBatch(CommandBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            onCall(new Call(batch, i));
        }
    }

    private void onCall(Call call) {
        if (stop.isGiven()) {
            refuse(call, STOPPING);
        } else if (call.request().command() instanceof ShSave) {
            saves.add(call.client(), call);
        } else if (options.path().isEmpty()) {
            onLoaded(call, new Loaded(0, 0, TransferMessages.NO_DIRECTORY));
        } else {
            loads.add(call.client(), call);
        }
    }

    private Future<?> save(Call call) {
        Request request = call.request();
        Runnable begun =
                () -> context.runOnContext(now -> reply(call, false, answer -> ShSave.writeBegun(request, answer)));
        return work(() -> running()
                        .transfers()
                        .save(decoded(ShSave.name(request)), ShSave.tokens(request), call.client(), begun))
                .onComplete(done -> {
                    Fault fault = done.succeeded()
                            ? done.result().fault()
                            : new Fault(Status.SAVE_ERROR, internal(done.cause()));
                    reply(call, true, answer -> {
                        if (fault == null) {
                            ShSave.writeComplete(request, done.result().durationMs(), answer);
                        } else {
                            answer.fault(request, fault);
                        }
                    });
                });
    }

    private Future<?> load(Call call) {
        return load(options.path().orElseThrow(), decoded(ShLoad.name(call.request())), call.client())
                .onSuccess(loaded -> onLoaded(call, loaded));
    }

    private void onLoaded(Call call, Loaded loaded) {
        Request request = call.request();
        if (loaded.failure() != null) {
            LOAD_FAILED.log(decoded(ShLoad.name(request)), loaded.failure(), loaded.sessions(), loaded.keys());
        }
        reply(call, true, answer -> {
            if (loaded.failure() == null) {
                ShLoad.writeComplete(request, loaded.sessions(), loaded.keys(), answer);
            } else {
                ShLoad.writeFailed(request, loaded.sessions(), loaded.keys(), loaded.failure(), answer);
            }
        });
    }

    private void refuse(Call call, Fault fault) {
        reply(call, true, answer -> answer.fault(call.request(), fault));
    }

    private void reply(Call call, boolean last, Consumer<Answer> writing) {
        JsonWriter out = new JsonWriter();
        writing.accept(new Answer(out));
        byte[] bytes = out.take(0);
        running()
                .bus()
                .reply(
                        call.batch(),
                        last
                                ? ReplyBatch.single(call.batch(), call.index(), bytes)
                                : ReplyBatch.begun(call.batch(), call.index(), bytes));
    }

    private static String internal(Throwable failure) {
        FAILED.log(failure);
        return Fault.INTERNAL.message();
    }

    private static String decoded(byte[] canonical) {
        return JsonString.decode(canonical, 0, canonical.length);
    }
}
