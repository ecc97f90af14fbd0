package dev.tessera.impl.cluster.partition;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A listener that passes the changes of a partition to others, and an adopted session as its creation and its keys.
 * Thread: the partition's.
 */
final class ChangeFanOut implements ChangeListener {

    private ChangeListener next;

    ChangeFanOut(ChangeListener next) {
        this.next = next;
    }

    /** Passes changes to one more listener from now on, after those before. */
    void add(ChangeListener other) {
        next = ChangeListener.both(next, other);
    }

    @Override
    public void changed(ChangeKind kind, @Nullable Session session, byte @Nullable [] keyRecord, long revision) {
        if (kind == ChangeKind.ADOPTED) {
            changedStepwise(requireNonNull(session));
        } else {
            next.changed(kind, session, keyRecord, revision);
        }
    }
}
