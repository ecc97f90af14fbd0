package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.commit.GroupCommit;
import dev.tessera.impl.cluster.partition.DispatcherId;
import dev.tessera.impl.routing.CommandBatch;
import dev.tessera.impl.routing.ReplyReceiver;
import dev.tessera.impl.routing.StoreLink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The link of one dispatcher to the owners of the partitions. Thread: the dispatcher's. */
final class ClusterLink implements StoreLink {

    /** How many checks for overdue batches a dispatcher makes while it is patient with one. */
    private static final int TICKS = 20;

    private final Vertx vertx;
    private final ClusterPartitions partitions;
    /** Null until the link is open. */
    private @Nullable GroupCommit commits;

    private long timer;

    ClusterLink(Vertx vertx, ClusterPartitions partitions) {
        this.vertx = vertx;
        this.partitions = partitions;
    }

    @Override
    public Future<Void> open(ReplyReceiver receiver) {
        EventLoopMailbox inbox = new EventLoopMailbox(vertx.getOrCreateContext(), receiver::repliesEnd);
        HazelcastCalls calls = new HazelcastCalls(vertx, inbox, partitions);
        GroupCommit opened = new GroupCommit(
                partitions.stores().partitionCount(),
                DispatcherId.random(new SecureRandom()),
                calls,
                partitions.limits(),
                receiver::replies);
        commits = opened;
        timer = vertx.setPeriodic(Math.max(1, partitions.limits().patienceMs() / TICKS), tick -> {
            opened.tick();
            receiver.repliesEnd();
        });
        return Future.succeededFuture();
    }

    @Override
    public void send(int store, CommandBatch batch) {
        // Replies come later, except to overdue requests; those may wait for the next tick.
        Objects.requireNonNull(commits, "the link is closed").submit(store, batch);
    }

    @Override
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
