package dev.tessera.impl.session;

/**
 * Puts back into a partition what was written down of it, change by change, and tells nobody. Ends of sessions are
 * instants here, and no clock is looked at: what is over is found to be so when the partition is next used or swept.
 *
 * <p>Thread: whoever has the partition before its owner uses it.
 */
public final class PartitionRestorer {

    private final Partition partition;
    private final SessionTable sessions;
    private final ExpiryQueue expiring;
    private final ChangeListener changes;
    /** See {@link Session#changedMs}. */
    private long changedMs;

    PartitionRestorer(Partition partition, SessionTable sessions, ExpiryQueue expiring, ChangeListener changes) {
        this.partition = partition;
        this.sessions = sessions;
        this.expiring = expiring;
        this.changes = changes;
    }

    /** Says when what comes from now on was changed; see {@link Session#changedMs}. */
    public void changedAt(long ms) {
        changedMs = ms;
    }

    /** The session with this token, though it may be over; or null. */
    public Session find(long token) {
        return sessions.get(token);
    }

    /** Makes a session without keys, in the place of one that has its token. */
    public Session create(long token, byte[] name, boolean shared, Expiry expiry, long endMs) {
        Session old = sessions.get(token);
        if (old != null) {
            end(old);
        }
        Session session = new Session(token, name, shared, expiry, endMs, changes);
        session.noteChange(changedMs);
        sessions.add(session);
        await(session);
        return session;
    }

    /** Stores a key, in place of the one that is there. */
    public void put(Session session, byte[] keyRecord) {
        int before = session.keys().size();
        session.keys().restore(keyRecord);
        partition.countKeys(session.keys().size() - before);
        session.noteChange(changedMs);
        await(session);
    }

    /** Removes a key if it is there. */
    public void remove(Session session, byte[] key, int from, int to) {
        int before = session.keys().size();
        session.keys().restoreRemoved(key, from, to);
        partition.countKeys(session.keys().size() - before);
        session.noteChange(changedMs);
    }

    /** Removes all keys. */
    public void clear(Session session) {
        partition.countKeys(-session.keys().size());
        session.keys().drop();
        session.noteChange(changedMs);
    }

    /** Moves the end. */
    public void moveEnd(Session session, long endMs) {
        session.restoreEnd(endMs);
        await(session);
    }

    /** Ends a session. */
    public void end(Session session) {
        clear(session);
        sessions.remove(session);
        expiring.remove(session);
    }

    /** Stores a key of everybody. */
    public void putGlobal(byte[] keyRecord) {
        partition.globalKeys().restore(keyRecord);
    }

    /** Removes a key of everybody if it is there. */
    public void removeGlobal(byte[] key, int from, int to) {
        partition.globalKeys().restoreRemoved(key, from, to);
    }

    /** Sees to it that the session is reclaimed where there will be something to reclaim. */
    private void await(Session session) {
        if (session.expiry().deleteSession() || session.keys().size() > 0 || session.queueIndex >= 0) {
            expiring.offer(session);
        }
    }
}
