package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.partition.NoDataMemberInClusterException;
import com.hazelcast.spi.exception.RetryableException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.tessera.impl.cluster.commit.CallOutcome;
import dev.tessera.impl.cluster.commit.CommitMessages;
import dev.tessera.impl.cluster.commit.PartitionCalls;
import dev.tessera.impl.cluster.partition.BatchResult;
import dev.tessera.impl.cluster.partition.DeferredId;
import dev.tessera.impl.cluster.partition.PartitionBatch;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.work.Requester;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls of one dispatcher through Hazelcast, which finds the owner. Thread: the dispatcher's. */
final class HazelcastCalls implements PartitionCalls {

    private static final LimitedLog SENDING_AGAIN = LimitedLog.debug(HazelcastCalls.class, "Sending a batch again");
    private static final LimitedLog FAILED = LimitedLog.error(
            HazelcastCalls.class,
            "A batch failed on the owner of its partition; this is a fault of the server, please report it");
    private static final LimitedLog NO_REPLY =
            LimitedLog.debug(HazelcastCalls.class, "A question for a deferred reply failed");
    /** The interval of the questions for a deferred reply. The node that has it drops it without questions. */
    private static final int ASK_INTERVAL_MS = 1000;

    private final Vertx vertx;
    private final ClusterPartitions partitions;
    private final IExecutorService searchers;
    private final EventLoopMailbox inbox;

    HazelcastCalls(Vertx vertx, EventLoopMailbox inbox, ClusterPartitions partitions) {
        this.vertx = vertx;
        this.partitions = partitions;
        this.searchers = partitions.hazelcast().getExecutorService(ClusterPartitions.SEARCHERS);
        this.inbox = inbox;
    }

    @Override
    public void execute(PartitionBatch batch, Consumer<CallOutcome> done) {
        try {
            partitions
                    .map()
                    .submitToKey(partitions.key(batch.partition()), new BatchProcessor(batch))
                    .whenCompleteAsync((result, failure) -> done.accept(outcome(result, failure)), inbox);
        } catch (HazelcastInstanceNotActiveException e) {
            inbox.execute(() -> done.accept(CallOutcome.of(CallOutcome.Kind.REFUSED, CommitMessages.LEAVING)));
        } catch (RuntimeException e) {
            inbox.execute(() -> done.accept(outcome(null, e)));
        }
    }

    private static CallOutcome outcome(byte @Nullable [] result, @Nullable Throwable failure) {
        if (failure == null) {
            return CallOutcome.answered(new BatchResult(Objects.requireNonNull(result, "result")));
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SplitBrainProtectionException) {
            return CallOutcome.of(CallOutcome.Kind.REFUSED, CommitMessages.TOO_FEW_NODES);
        }
        if (cause instanceof NoDataMemberInClusterException) {
            return CallOutcome.of(CallOutcome.Kind.NOT_NOW, CommitMessages.NO_PARTITIONS);
        }
        if (cause instanceof IndeterminateOperationStateException
                || cause instanceof OperationTimeoutException
                || cause instanceof RetryableException
                || cause instanceof HazelcastInstanceNotActiveException) {
            SENDING_AGAIN.log(cause);
        } else {
            FAILED.log(cause);
        }
        return CallOutcome.of(CallOutcome.Kind.UNKNOWN, CommitMessages.NO_ANSWER);
    }

    @Override
    public void deferredReply(DeferredId id, Requester client, Consumer<byte[]> done) {
        new Question(id, client, done).ask();
    }

    /** The question for one deferred reply, asked until the reply comes. Thread: the dispatcher's. */
    private final class Question {

        private final DeferredId id;
        private final Requester client;
        private final Consumer<byte[]> done;
        private final long timer;
        private long heardMs = monotonicMs();
        private boolean ended;

        Question(DeferredId id, Requester client, Consumer<byte[]> done) {
            this.id = id;
            this.client = client;
            this.done = done;
            partitions.awaitedReplies().await(id, reply -> inbox.execute(() -> end(reply)));
            timer = vertx.setPeriodic(ASK_INTERVAL_MS, tick -> inbox.execute(this::askAgain));
        }

        private void askAgain() {
            if (ended) {
                return;
            }
            if (client.isGone()) {
                send(new DeferredCall(id.number(), null));
                end(null);
            } else if (monotonicMs() - heardMs > partitions.options().patienceMs()) {
                end(null);
            } else {
                ask();
            }
        }

        /** Asks; without the node, the reply is gone. */
        void ask() {
            UUID self = partitions.hazelcast().getCluster().getLocalMember().getUuid();
            if (!send(new DeferredCall(id.number(), self))) {
                inbox.execute(() -> end(null));
            }
        }

        private boolean send(DeferredCall call) {
            Member member = partitions.memberOf(id.node());
            if (member == null) {
                return false;
            }
            try {
                searchers.submitToMember(call, member, new ExecutionCallback<byte[]>() {
                    @Override
                    public void onResponse(byte[] reply) {
                        inbox.execute(() -> heard(reply));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        NO_REPLY.log(failure);
                    }
                });
                return true;
            } catch (RuntimeException e) {
                NO_REPLY.log(e);
                return false;
            }
        }

        private void heard(byte @Nullable [] reply) {
            heardMs = monotonicMs();
            if (reply == null || reply.length > 0) {
                end(reply);
            }
        }

        private void end(byte @Nullable [] reply) {
            if (!ended) {
                ended = true;
                // A pending timer would keep the requests of the batch in memory.
                vertx.cancelTimer(timer);
                partitions.awaitedReplies().forget(id);
                done.accept(reply);
            }
        }
    }

    @Override
    public void after(long ms, Runnable action) {
        vertx.setTimer(ms, timer -> action.run());
    }

    @Override
    public long monotonicMs() {
        return ClusterPartitions.monotonicMs();
    }
}
