package dev.tessera.impl.cluster.hazelcast;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.topic.ITopic;
import dev.tessera.impl.cluster.partition.ReplicatedPartition;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the changes in those partitions that this node owns, once all copies have them. One batch of events of each
 * partition is under way at a time, so that the events of a session leave in the order of its changes; what comes
 * meanwhile is the next batch. Thread-safe.
 */
final class EventPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);
    private static final int PAUSE_MS = 50;

    /** States of a partition: nothing under way; a batch; a batch, and more has come meanwhile. */
    private static final int IDLE = 0;

    private static final int UNDER_WAY = 1;
    private static final int MORE = 2;

    private final ClusterPartitions partitions;
    private final ITopic<byte[]> topic;
    private final AtomicIntegerArray states;
    private final ScheduledExecutorService thread = BackgroundThread.create("tessera-events");

    /** One that tells until the member has left. */
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

    /** Looks whether something was changed that is to be told. Thread: the partition's. */
    void worked(int number, ReplicatedPartition partition) {
        if (partition.outbox() instanceof EventOutbox outbox
                && !outbox.isEmpty()
                && states.getAndUpdate(number, state -> state == IDLE ? UNDER_WAY : MORE) == IDLE) {
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
                                LOG.debug(
                                        "It is to be asked again whether the copies of partition {} have all changes",
                                        number,
                                        failure);
                                thread.schedule(
                                        () -> confirm(number, processor, untilMs), PAUSE_MS, TimeUnit.MILLISECONDS);
                            } else {
                                LOG.warn(
                                        "Events of partition {} are dropped, for its copies did not say in time whether they have the changes",
                                        number);
                                end(number);
                            }
                        },
                        thread);
    }

    private void end(int number) {
        if (states.getAndUpdate(number, state -> state == MORE ? UNDER_WAY : IDLE) == MORE) {
            confirm(number);
        }
    }
}
