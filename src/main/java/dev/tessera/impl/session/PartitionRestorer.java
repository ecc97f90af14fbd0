package dev.tessera.impl.session;

import org.jspecify.annotations.Nullable;

/**
 * A restorer that applies recorded changes to a partition without reporting them. It needs no clock, because the ends
 * of sessions are instants; the next use or sweep of the partition detects expired sessions.
 *
 * <p>Thread: the one that restores the partition before its owner uses it.
 */
public final class PartitionRestorer {

    private final Partition partition;
    private final SessionTable sessions;
    private final ExpiryQueue expiring;
    private final @Nullable ChangeListener changes;
    /** See {@link Session#changedMs}. */
    private long changedMs;

    private long usedMs;

    PartitionRestorer(
            Partition partition, SessionTable sessions, ExpiryQueue expiring, @Nullable ChangeListener changes) {
        this.partition = partition;
        this.sessions = sessions;
        this.expiring = expiring;
        this.changes = changes;
    }

    /** Sets the time of the following changes; see {@link Session#changedMs}. */
    public void changedAt(long ms) {
        changedMs = ms;
    }

    /**
     * Returns the last known instant before the recording ended: the latest use of a session that can expire; 0 if
     * there is none.
     */
    public long usedMs() {
        return usedMs;
    }

    private void noteUse(Session session) {
        if (session.endMs() != Expiry.NEVER_MS) {
            usedMs = Math.max(usedMs, session.endMs() - session.expiry().durationMs());
        }
    }

    /** Returns the session with this token, expired or not; or null. */
    public @Nullable Session find(long token) {
        return sessions.get(token);
    }

    /** Creates a session without keys, which replaces one with its token. */
    public Session create(long token, byte[] name, boolean shared, Expiry expiry, long endMs) {
        Session old = sessions.get(token);
        if (old != null) {
            end(old);
        }
        Session session = new Session(token, name, shared, expiry, endMs, changes, partition.memory());
        session.noteChange(changedMs);
        sessions.add(session);
        noteUse(session);
        partition.memory().addSessions(1);
        enqueue(session);
        return session;
    }

    /** Stores a key, or replaces its value. */
    public void put(Session session, byte[] keyRecord) {
        int before = session.keys().size();
        session.keys().restore(keyRecord);
        partition.countKeys(session.keys().size() - before);
        session.noteChange(changedMs);
        enqueue(session);
    }

    /** Removes a key if it exists. */
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

    /** Moves the end of a session. */
    public void moveEnd(Session session, long endMs) {
        session.restoreEnd(endMs);
        noteUse(session);
        enqueue(session);
    }

    /** Moves the end of a session by a difference between clocks, unless it never ends. */
    public void shiftEnd(Session session, long aheadMs) {
        if (session.endMs() != Expiry.NEVER_MS) {
            moveEnd(session, session.endMs() + aheadMs);
        }
    }

    /** Ends a session. */
    public void end(Session session) {
        clear(session);
        sessions.remove(session);
        expiring.remove(session);
        partition.memory().add(-session.memoryBytes());
        partition.memory().addSessions(-1);
    }

    /** Stores a key in the global key space. */
    public void putGlobal(byte[] keyRecord) {
        partition.globalKeys().restore(keyRecord);
    }

    /** Removes a key from the global key space if it exists. */
    public void removeGlobal(byte[] key, int from, int to) {
        partition.globalKeys().restoreRemoved(key, from, to);
    }

    /** Adds the session to the expiry queue if its expiry will reclaim something. */
    private void enqueue(Session session) {
        if (session.expiry().deleteSession() || session.keys().size() > 0 || session.queueIndex >= 0) {
            expiring.offer(session);
        }
    }
}
