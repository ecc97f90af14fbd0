package dev.tessera.impl.cluster.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.cluster.commit.CommitLimits;
import dev.tessera.impl.cluster.commit.GroupCommit;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.command.Commands;
import dev.tessera.impl.command.IllFormedTextException;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestDecoder;
import dev.tessera.impl.routing.BatchBus;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.routing.Dispatcher;
import dev.tessera.impl.routing.KeyedTokens;
import dev.tessera.impl.routing.ReplyReceiver;
import dev.tessera.impl.routing.ReplySink;
import dev.tessera.impl.routing.StoreLink;
import dev.tessera.impl.routing.StoreMap;
import io.vertx.core.Future;
import java.util.Random;
import java.util.function.Consumer;

/** A gateway with a real dispatcher and group commit. It checks that each command is answered once, and in time. */
final class SimulatedGateway {

    private final SimulatedTime time;
    private final long patienceMs;
    private final RequestDecoder decoder;
    private final Dispatcher dispatcher;
    private long longestMs;

    SimulatedGateway(
            SimulatedTime time,
            Random random,
            SimulatedCluster cluster,
            Commands commands,
            StoreMap stores,
            byte[] secret,
            CommitLimits limits,
            BatchBus unused) {
        this.time = time;
        this.patienceMs = limits.patienceMs();
        this.decoder = new RequestDecoder(commands, 64);
        this.dispatcher = new Dispatcher(
                new StoreLink() {
                    private GroupCommit commits;

                    @Override
                    public Future<Void> open(ReplyReceiver receiver) {
                        commits = new GroupCommit(
                                stores.partitionCount(),
                                DispatcherId.random(random),
                                cluster,
                                limits,
                                receiver::replies);
                        time.every(patienceMs / 20, () -> commits.tick());
                        return Future.succeededFuture();
                    }

                    @Override
                    public void send(int store, CommandBatch batch) {
                        commits.submit(store, batch);
                    }

                    @Override
                    public Future<Void> close() {
                        return Future.succeededFuture();
                    }
                },
                unused,
                "gateway",
                stores,
                new KeyedTokens(secret),
                SimulatedNode.REPLY_BYTES_MAX,
                new CommandMetrics(commands));
        dispatcher.open();
    }

    void submit(String text, Consumer<String> reply) {
        byte[] bytes = text.getBytes(UTF_8);
        Request request;
        try {
            request = decoder.decode(bytes, 0, bytes.length);
        } catch (IllFormedTextException e) {
            throw new IllegalArgumentException(text, e);
        }
        if (request.fault() != null) {
            throw new IllegalArgumentException(text + ": " + request.fault());
        }
        long sinceMs = time.nowMs();
        boolean[] answered = new boolean[1];
        dispatcher.submit(
                request,
                new ReplySink() {
                    @Override
                    public void reply(long slot, byte[] replyBytes, int from, int to) {
                        if (answered[0]) {
                            throw new AssertionError("a second answer to " + text);
                        }
                        answered[0] = true;
                        longestMs = Math.max(longestMs, time.nowMs() - sinceMs);
                        reply.accept(new String(replyBytes, from, to - from, UTF_8));
                    }

                    @Override
                    public void repliesEnd() {
                        // This sink has no buffer to flush.
                    }
                },
                0);
    }

    void close() {
        dispatcher.close();
    }

    void flush() {
        dispatcher.flush();
    }

    /** Throws if a command was not answered, or answered too late. */
    void checkAtRest() {
        dispatcher.checkAtRest();
        // A request may wait for a list of its client first, which takes up to two rounds with keys as few as here.
        if (longestMs > 3 * (patienceMs * 3 / 2 + patienceMs / 10)) {
            throw new AssertionError("an answer took " + longestMs + " ms");
        }
    }
}
