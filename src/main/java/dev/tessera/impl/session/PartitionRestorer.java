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
    private final PartitionContext context;

    private long usedMs;

    PartitionRestorer(Partition partition, SessionTable sessions, ExpiryQueue expiring, PartitionContext context) {
        this.partition = partition;
        this.sessions = sessions;
        this.expiring = expiring;
        this.context = context;
    }

    /** Notes the revision of a recorded change, which the partition does not give out again. */
    public void seen(long revision) {
        context.revisions().seen(revision);
    }

    private void changed(Session session, long revision) {
        seen(revision);
        session.changedAt(Math.max(session.revision(), revision));
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
    public Session create(long token, byte[] name, boolean shared, Expiry expiry, long endMs, long revision) {
        Session old = sessions.get(token);
        if (old != null) {
            end(old, revision);
        }
        Session session = new Session(token, name, shared, expiry, endMs, context, true);
        changed(session, revision);
        sessions.add(session);
        noteUse(session);
        partition.memory().addSessions(1);
        expiring.offer(session);
        return session;
    }

    /** Stores a key, or replaces its value. */
    public void put(Session session, byte[] keyRecord) {
        int before = session.keys().heldSize();
        session.keys().restore(keyRecord);
        partition.countKeys(session.keys().heldSize() - before);
        changed(session, KeyRecord.revision(keyRecord));
        expiring.offer(session);
    }

    /** Removes a key if it exists. */
    public void remove(Session session, byte[] key, int from, int to, long revision) {
        int before = session.keys().heldSize();
        session.keys().restoreRemoved(key, from, to);
        partition.countKeys(session.keys().heldSize() - before);
        changed(session, revision);
    }

    /** Removes all keys. */
    public void clear(Session session, long revision) {
        partition.countKeys(-session.keys().heldSize());
        session.keys().drop();
        changed(session, revision);
    }

    /** Moves the end of a key if it exists. */
    public void moveKeyEnd(Session session, byte[] key, long endMs, long revision) {
        session.keys().restoreEnd(key, endMs, revision);
        changed(session, revision);
        expiring.offer(session);
    }

    /** Sets the expiry of a session; the caller moves its end next. */
    public void moveExpiry(Session session, Expiry expiry) {
        session.expire(expiry);
    }

    /** Moves the end of a session. */
    public void moveEnd(Session session, long endMs) {
        session.restoreEnd(endMs);
        noteUse(session);
        expiring.offer(session);
    }

    /** Moves the ends of a session and of its keys by a difference between clocks, unless they never end. */
    public void shiftEnd(Session session, long aheadMs) {
        session.keys().shiftEnds(aheadMs);
        moveEnd(session, Expiry.shifted(session.endMs(), aheadMs));
    }

    /** Ends a session. */
    public void end(Session session, long revision) {
        clear(session, revision);
        sessions.remove(session);
        expiring.remove(session);
        partition.memory().add(-session.memoryBytes());
        partition.memory().addSessions(-1);
    }

    /** Stores a key in the global key space. */
    public void putGlobal(byte[] keyRecord) {
        partition.globalKeys().restore(keyRecord);
        seen(KeyRecord.revision(keyRecord));
    }

    /** Returns the record of a key in the global key space, expired or not; or null. */
    public byte @Nullable [] findGlobal(byte[] key, int from, int to) {
        return partition.globalKeys().held(key, from, to);
    }

    /** Moves the end of a key in the global key space if it exists. */
    public void moveGlobalKeyEnd(byte[] key, long endMs, long revision) {
        partition.globalKeys().restoreEnd(key, endMs, revision);
        seen(revision);
    }

    /** Removes a key from the global key space if it exists. */
    public void removeGlobal(byte[] key, int from, int to, long revision) {
        partition.globalKeys().restoreRemoved(key, from, to);
        seen(revision);
    }
}
