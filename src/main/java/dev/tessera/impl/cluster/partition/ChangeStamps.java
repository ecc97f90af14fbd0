package dev.tessera.impl.cluster.partition;

import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;

/**
 * Notes in each session when it was last changed, by which two halves of a split cluster find out whose is the newer
 * one, and passes on what it hears. Thread: the partition's.
 */
final class ChangeStamps implements ChangeListener {

    private ChangeListener next;
    private long nowMs;

    ChangeStamps(ChangeListener next) {
        this.next = next;
    }

    /** Passes on to one more, from now on. */
    void alsoTell(ChangeListener other) {
        next = ChangeListener.both(next, other);
    }

    /** Sets the time of the changes that follow. */
    void at(long ms) {
        nowMs = ms;
    }

    @Override
    public void created(Session session) {
        stamp(session);
        next.created(session);
    }

    @Override
    public void set(Session session, byte[] keyRecord) {
        stamp(session);
        next.set(session, keyRecord);
    }

    @Override
    public void updated(Session session, byte[] keyRecord) {
        stamp(session);
        next.updated(session, keyRecord);
    }

    @Override
    public void removed(Session session, byte[] keyRecord) {
        stamp(session);
        next.removed(session, keyRecord);
    }

    @Override
    public void cleared(Session session) {
        stamp(session);
        next.cleared(session);
    }

    @Override
    public void ended(Session session) {
        next.ended(session);
    }

    @Override
    public void expired(Session session) {
        stamp(session);
        next.expired(session);
    }

    @Override
    public void applied(Session session) {
        next.applied(session);
    }

    private void stamp(Session session) {
        if (session != null) {
            session.noteChange(nowMs);
        }
    }
}
