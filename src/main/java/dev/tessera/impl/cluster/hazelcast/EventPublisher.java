package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.topic.ITopic;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import dev.tessera.impl.log.LimitedLog;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The publisher of the changes in the partitions of this node; it publishes a change after all copies have it. One
 * batch of events per partition is in flight at a time, so that the events of a session leave in the order of its
 * changes. Later events form the next batch. Thread-safe.
 */
final class EventPublisher {

    private static final LimitedLog ASKING = LimitedLog.debug(
            EventPublisher.class, "Asking the copies of partition {} again whether they have all changes");
    private static final LimitedLog DROPPED = LimitedLog.warn(
            EventPublisher.class,
            "Dropping events of partition {}, because its copies did not confirm the changes in time; consumers must"
                    + " read the sessions again");
    private static final int PAUSE_MS = 50;

    /** States of a partition: no batch is in flight; one is; one is, and more events wait. */
    private static final int IDLE = 0;

    private static final int IN_FLIGHT = 1;
    private static final int MORE = 2;

    private final ClusterPartitions partitions;
    private final ITopic<byte[]> topic;
    private final AtomicIntegerArray states;
    private final ScheduledExecutorService thread = BackgroundThread.create("tessera-events");

    /** Creates a publisher that works until the member has left. */
    EventPublisher(ClusterPartitions partitions) {
        this.partitions = partitions;
        this.topic = EventSubscriber.topic(partitions.hazelcast());
        this.states = new AtomicIntegerArray(partitions.stores().partitionCount());
        partitions.hazelcast().getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.SHUTDOWN) {
                thread.shutdownNow();
            }
        });
    }

    /** Publishes the waiting events of a partition, now or after its batch in flight. Thread: the partition's. */
    void worked(int number, ReplicatedPartition partition) {
        if (partition.outbox() instanceof EventOutbox outbox
                && !outbox.isEmpty()
                && states.getAndUpdate(number, state -> state == IDLE ? IN_FLIGHT : MORE) == IDLE) {
            thread.execute(() -> confirm(number));
        }
    }

    private void confirm(int number) {
        confirm(
                number,
                ConfirmProcessor.onThisNode(),
                ClusterPartitions.monotonicMs() + partitions.options().patienceMs());
    }

    private void confirm(int number, ConfirmProcessor processor, long untilMs) {
        partitions
                .map()
                .submitToKey(partitions.key(number), processor)
                .whenCompleteAsync(
                        (here, failure) -> {
                            if (failure == null) {
                                try {
                                    if (here && processor.events() != null) {
                                        topic.publish(processor.events().message());
                                    }
                                } finally {
                                    end(number);
                                }
                            } else if (ClusterPartitions.monotonicMs() < untilMs) {
                                ASKING.log(number, failure);
                                ScheduledFuture<?> unused = thread.schedule(
                                        () -> confirm(number, processor, untilMs), PAUSE_MS, TimeUnit.MILLISECONDS);
                            } else {
                                DROPPED.log(number);
                                end(number);
                            }
                        },
                        thread);
    }

    private void end(int number) {
        if (states.getAndUpdate(number, state -> state == MORE ? IN_FLIGHT : IDLE) == MORE) {
            confirm(number);
        }
    }
}
