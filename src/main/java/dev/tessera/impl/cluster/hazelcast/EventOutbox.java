package dev.tessera.impl.cluster.hazelcast;

import dev.tessera.impl.cluster.partition.Outbox;
import dev.tessera.impl.event.ChangePublisher;
import dev.tessera.impl.event.EventBatch;
import dev.tessera.impl.session.ChangeListener;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of one partition that its copies may not have yet. Thread: the partition's. */
final class EventOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(EventOutbox.class);

    /** What becomes more than this, because copies do not answer, is dropped. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private final ChangePublisher listener = new ChangePublisher(this::add);
    /** Null while there is nothing. */
    private EventBatch waiting;

    private void add(String address, Buffer text) {
        if (waiting == null) {
            waiting = new EventBatch();
        }
        waiting.add(address, text);
        if (waiting.bytes() > BYTES_MAX) {
            LOG.warn(
                    "Events of more than {} bytes are dropped, for a copy of their partition does not answer",
                    BYTES_MAX);
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

    /** What waits, which is then the caller's; null where nothing does. */
    EventBatch take() {
        EventBatch taken = waiting;
        waiting = null;
        return taken;
    }
}
