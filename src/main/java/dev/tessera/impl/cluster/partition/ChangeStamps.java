package dev.tessera.impl.cluster.partition;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A listener that stamps each session with the time of its last change, and passes the changes on. After a split of the
 * cluster, the stamps tell the newer version of a session. Thread: the partition's.
 */
final class ChangeStamps implements ChangeListener {

    private ChangeListener next;
    private long nowMs;

    ChangeStamps(ChangeListener next) {
        this.next = next;
    }

    /** Passes changes to one more listener from now on, after those before. */
    void add(ChangeListener other) {
        next = ChangeListener.both(next, other);
    }

    /** Sets the time of the changes that follow. */
    void at(long ms) {
        nowMs = ms;
    }

    @Override
    public void changed(ChangeKind kind, @Nullable Session session, byte @Nullable [] keyRecord) {
        if (kind == ChangeKind.ADOPTED) {
            changedStepwise(requireNonNull(session));
            return;
        }
        if (session != null && kind != ChangeKind.ENDED && kind != ChangeKind.APPLIED) {
            session.noteChange(nowMs);
        }
        next.changed(kind, session, keyRecord);
    }
}
