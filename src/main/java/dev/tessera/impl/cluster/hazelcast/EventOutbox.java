package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.Outbox;
import dev.tessera.impl.event.ChangePublisher;
import dev.tessera.impl.event.EventBatch;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.session.ChangeListener;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The events of changes that the copies of one partition may not have yet. Thread: the partition's. */
final class EventOutbox implements Outbox {

    private static final LimitedLog DROPPED = LimitedLog.warn(
            EventOutbox.class,
            "Dropping more than {} bytes of events, because a copy of their partition does not answer; consumers"
                    + " must read the sessions again");

    /** More events than this are dropped; they pile up if a copy does not answer. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private final ChangePublisher listener = new ChangePublisher(this::add);
    /** Null while no event waits. */
    private @Nullable EventBatch waiting;

    private void add(String address, Buffer text) {
        if (waiting == null) {
            waiting = new EventBatch();
        }
        waiting.add(address, text);
        if (waiting.bytes() > BYTES_MAX) {
            DROPPED.log(BYTES_MAX);
            waiting = null;
        }
    }

    @Override
    public ChangeListener listener() {
        return listener;
    }

    @Override
    public void clear() {
        waiting = null;
    }

    boolean isEmpty() {
        return waiting == null;
    }

    /** Removes and returns the waiting events; null if there are none. */
    @Nullable
    EventBatch take() {
        EventBatch taken = waiting;
        waiting = null;
        return taken;
    }
}
