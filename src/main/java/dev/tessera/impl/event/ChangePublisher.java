package dev.tessera.impl.event;

import dev.tessera.event.EventKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Publishes changes on the event bus, to the address of each session (see {@link EventAddress}), as a
 * {@link io.vertx.core.buffer.Buffer} of JSON. The keys that a command has changed are gathered to one event for each
 * kind, in this order: clear, remove, set, update.
 *
 * <p>Thread: the owner of the partitions. All events of a session come from it, and so reach each consumer in order.
 */
public final class ChangePublisher implements ChangeListener {

    /** Lists that once held more than this are not kept. */
    private static final int KEPT_KEYS_MAX = 1024;

    private final BiConsumer<String, Buffer> publication;
    private List<byte[]> removed = new ArrayList<>();
    private List<byte[]> set = new ArrayList<>();
    private List<byte[]> updated = new ArrayList<>();

    /**
     * Publishes all it hears of.
     *
     * @param publication publishes a text at an address, now or later, in order
     */
    public ChangePublisher(BiConsumer<String, Buffer> publication) {
        this.publication = publication;
    }

    @Override
    public void created(Session session) {
        // No event: nobody can listen at an address before the token is known.
    }

    @Override
    public void set(Session session, byte[] keyRecord) {
        set.add(keyRecord);
    }

    @Override
    public void updated(Session session, byte[] keyRecord) {
        updated.add(keyRecord);
    }

    @Override
    public void removed(Session session, byte[] keyRecord) {
        removed.add(keyRecord);
    }

    @Override
    public void cleared(Session session) {
        applied(session);
        publish(session, EventKind.CLEAR, List.of());
    }

    @Override
    public void ended(Session session) {
        publish(session, EventKind.END, List.of());
    }

    @Override
    public void expired(Session session) {
        publish(session, EventKind.EXPIRE, List.of());
    }

    @Override
    public void applied(Session session) {
        removed = publishGathered(session, EventKind.REMOVE, removed);
        set = publishGathered(session, EventKind.SET, set);
        updated = publishGathered(session, EventKind.UPDATE, updated);
    }

    private List<byte[]> publishGathered(Session session, EventKind kind, List<byte[]> keyRecords) {
        if (keyRecords.isEmpty()) {
            return keyRecords;
        }
        publish(session, kind, keyRecords);
        if (keyRecords.size() > KEPT_KEYS_MAX) {
            return new ArrayList<>();
        }
        keyRecords.clear();
        return keyRecords;
    }

    private void publish(Session session, EventKind kind, List<byte[]> keyRecords) {
        String address = session == null ? EventAddress.COMMON : EventAddress.of(session.token());
        publication.accept(address, EventText.of(session, kind, keyRecords));
    }
}
