package dev.tessera.impl.event;

import static java.util.Objects.requireNonNull;

import dev.tessera.event.EventKind;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener that publishes changes on the event bus, at the address of each session (see {@link EventAddress}), as a
 * {@link Buffer} of JSON. A command causes at most one event of each kind, which has all keys changed in that way. The
 * order of the events is: key_expire, clear, remove, set, update.
 *
 * <p>Thread: the owner of the partitions. It publishes all events of a session, so each consumer receives them in
 * order.
 */
public final class ChangePublisher implements ChangeListener {

    /** A list that held more keys than this is replaced, to release its memory. */
    private static final int KEPT_KEYS_MAX = 1024;

    private final BiConsumer<String, Buffer> publication;
    private List<byte[]> expired = new ArrayList<>();
    private List<byte[]> removed = new ArrayList<>();
    private List<byte[]> set = new ArrayList<>();
    private List<byte[]> updated = new ArrayList<>();

    /**
     * Creates a publisher.
     *
     * @param publication publishes a text at an address, now or later, but in order
     */
    public ChangePublisher(BiConsumer<String, Buffer> publication) {
        this.publication = publication;
    }

    @Override
    public void changed(ChangeKind kind, @Nullable Session session, byte @Nullable [] keyRecord, long revision) {
        switch (kind) {
            // No event: nobody can subscribe before the token is known, and an end is no content.
            case CREATED, EXPIRY_MOVED -> {}
            case ADOPTED -> changedStepwise(requireNonNull(session));
            case SET -> set.add(requireNonNull(keyRecord));
            case UPDATED, END_MOVED -> updated.add(requireNonNull(keyRecord));
            case KEY_EXPIRED -> expired.add(requireNonNull(keyRecord));
            case REMOVED -> removed.add(requireNonNull(keyRecord));
            case CLEARED -> {
                publishKeys(session);
                publish(session, EventKind.CLEAR, List.of());
            }
            case ENDED -> publish(session, EventKind.END, List.of());
            case EXPIRED -> publish(session, EventKind.EXPIRE, List.of());
            case APPLIED -> publishKeys(session);
        }
    }

    private void publishKeys(@Nullable Session session) {
        expired = publishGathered(session, EventKind.KEY_EXPIRE, expired);
        removed = publishGathered(session, EventKind.REMOVE, removed);
        set = publishGathered(session, EventKind.SET, set);
        updated = publishGathered(session, EventKind.UPDATE, updated);
    }

    private List<byte[]> publishGathered(@Nullable Session session, EventKind kind, List<byte[]> keyRecords) {
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

    private void publish(@Nullable Session session, EventKind kind, List<byte[]> keyRecords) {
        String address = session == null ? EventAddress.GLOBAL : EventAddress.of(session.token());
        publication.accept(address, EventText.of(session, kind, keyRecords));
    }
}
