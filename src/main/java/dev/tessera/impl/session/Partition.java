package dev.tessera.impl.session;

import java.util.function.Consumer;

/**
 * A piece of the token space with its sessions: the unit of ownership. A session that is over is never seen here,
 * whether or not its memory was reclaimed yet. Where sessions are switched off, it is a piece of the one key space
 * instead.
 *
 * <p>Thread: the owner. {@code nowMs} is the owner's wall clock in milliseconds since 1970.
 */
public final class Partition {

    /** The cursor at which {@link #scan} has seen all sessions. */
    public static final long SCAN_END = SessionTable.END;

    private final SessionTable sessions = new SessionTable();
    private final ExpiryQueue expiring = new ExpiryQueue();
    private final KeySpace globalKeys;
    /** Null where nobody listens. */
    private final ChangeListener changes;
    /** Keys of sessions. */
    private long keyCount;
    /** Null while there was none. */
    private PendingTransfers transfers;

    /** A partition to whose changes nobody listens. */
    public Partition() {
        this(null);
    }

    /**
     * A partition without sessions.
     *
     * @param changes hears of every change; null where nobody does
     */
    public Partition(ChangeListener changes) {
        this.changes = changes;
        this.globalKeys = new KeySpace(changes, null);
    }

    /** The session with this token, or null. */
    public Session find(long token, long nowMs) {
        Session session = sessions.get(token);
        return session != null && session.isExpired(nowMs) ? end(session, nowMs) : session;
    }

    /** Makes a session, unless there is one with this token: then null. */
    public Session create(long token, byte[] name, boolean shared, Expiry expiry, long nowMs) {
        if (find(token, nowMs) != null) {
            return null;
        }
        Session session = new Session(token, name, shared, expiry, expiry.endMs(nowMs), changes);
        add(session);
        if (changes != null) {
            changes.changed(ChangeKind.CREATED, session, null);
        }
        return session;
    }

    private void add(Session session) {
        sessions.add(session);
        if (session.expiry().deleteSession()) {
            expiring.offer(session);
        }
    }

    /**
     * Takes in a session that was put together elsewhere, with its keys and its full duration before it, as one change,
     * unless there is one with its token: then false.
     *
     * @param prepared of {@link Session#prepare}; it belongs to this partition then
     */
    public boolean adopt(Session prepared, long nowMs) {
        if (find(prepared.token(), nowMs) != null) {
            return false;
        }
        prepared.touch(nowMs);
        if (changes != null) {
            prepared.keys().listen(changes);
        }
        add(prepared);
        keyCount += prepared.keys().size();
        use(prepared, nowMs, keys -> {
            if (changes != null) {
                changes.changed(ChangeKind.ADOPTED, prepared, null);
            }
        });
        return true;
    }

    /**
     * Hands over the sessions from a cursor on, a few at a time; those that are over may be among them. Who goes on
     * until the end sees every session that was there all the time exactly once, whatever comes and goes meanwhile.
     *
     * @param cursor 0 at the beginning, then what was returned
     * @return where to go on, or {@link #SCAN_END}
     */
    public long scan(long cursor, Consumer<Session> consumer) {
        return sessions.scan(cursor, consumer);
    }

    /** What is on its way into or out of this partition in several pieces. */
    public PendingTransfers pendingTransfers() {
        if (transfers == null) {
            transfers = new PendingTransfers();
        }
        return transfers;
    }

    /** Forgets what is on its way: it goes by another copy of the partition now. */
    public void dropPendingTransfers() {
        transfers = null;
    }

    /** Ends a session of this partition and drops its keys. */
    public void remove(Session session) {
        drop(session);
        if (changes != null) {
            changes.changed(ChangeKind.ENDED, session, null);
        }
    }

    private void drop(Session session) {
        keyCount -= session.keys().size();
        sessions.remove(session);
        expiring.remove(session);
    }

    /** Uses a session: moves its end, lets {@code action} change its keys, and keeps the counts. */
    public void use(Session session, long nowMs, Consumer<KeySpace> action) {
        KeySpace keys = session.keys();
        session.touch(nowMs);
        int before = keys.size();
        try {
            action.accept(keys);
        } finally {
            keyCount += keys.size() - before;
            if (session.expiry().expires()) {
                expiring.offer(session);
            }
            if (changes != null) {
                changes.changed(ChangeKind.APPLIED, session, null);
            }
        }
    }

    /** For sessions and keys that were written down, and are put back before the partition is used. */
    public PartitionRestorer restorer() {
        return new PartitionRestorer(this, sessions, expiring, changes);
    }

    /**
     * Hands over every session, those that are over and not yet reclaimed included. The consumer must not change any.
     */
    public void forEachSession(Consumer<Session> consumer) {
        sessions.forEach(consumer);
    }

    /** How many sessions there are, those that are over and not yet reclaimed included. */
    public int heldSessions() {
        return sessions.size();
    }

    /** How many keys there are, those of such sessions included. */
    public long heldKeys() {
        return keyCount + globalKeys.size();
    }

    /** Says whether this very session is still one of the partition. */
    public boolean holds(Session session) {
        return sessions.get(session.token()) == session;
    }

    void countKeys(int more) {
        keyCount += more;
    }

    /** The keys of everybody that fall into this partition: where sessions are switched off, all that it holds. */
    public KeySpace globalKeys() {
        return globalKeys;
    }

    /**
     * Reclaims sessions that are over.
     *
     * @param most how many sessions are looked at; some may turn out to be in use, and are left until they are due
     *     again
     * @return how many were looked at; fewer than {@code most} where no more are over
     */
    public int sweep(long nowMs, int most) {
        if (transfers != null) {
            transfers.forgetAbandoned(nowMs);
        }
        int looked = 0;
        while (looked < most) {
            Session session = expiring.due(nowMs);
            if (session == null) {
                break;
            }
            if (session.isExpired(nowMs)) {
                end(session, nowMs);
            } else {
                expiring.defer(session);
            }
            looked++;
        }
        return looked;
    }

    /** Ends all sessions; says how many there were that were not over. */
    public int clear(long nowMs) {
        int count = sessionCount(nowMs);
        if (changes != null) {
            sessions.forEach(session -> changes.changed(ChangeKind.ENDED, session, null));
        }
        sessions.clear();
        expiring.clear();
        keyCount = 0;
        return count;
    }

    /** How many sessions there are. */
    public int sessionCount(long nowMs) {
        sweep(nowMs, Integer.MAX_VALUE);
        return sessions.size();
    }

    /** How many keys all sessions have, and everybody in common. */
    public long keyCount(long nowMs) {
        sweep(nowMs, Integer.MAX_VALUE);
        return keyCount + globalKeys.size();
    }

    private Session end(Session session, long nowMs) {
        boolean deleted = session.expiry().deleteSession();
        boolean lost = deleted || session.keys().size() > 0;
        if (deleted) {
            drop(session);
        } else {
            keyCount -= session.keys().size();
            session.beginAgain(nowMs);
            expiring.remove(session);
        }
        if (changes != null && lost) {
            changes.changed(ChangeKind.EXPIRED, session, null);
        }
        return deleted ? null : session;
    }

    /** Throws where counts and tables contradict one another. Visits every key; for tests. */
    public void checkInvariants() {
        long[] counted = new long[3];
        sessions.forEach(session -> {
            session.keys().checkInvariants();
            counted[0]++;
            counted[1] += session.keys().size();
            counted[2] += session.queueIndex >= 0 ? 1 : 0;
            boolean reclaimable =
                    session.expiry().deleteSession() || session.keys().size() > 0;
            if (reclaimable && session.queueIndex < 0 && session.endMs() != Expiry.NEVER_MS) {
                throw new IllegalStateException("session will not be reclaimed");
            }
            if (sessions.get(session.token()) != session) {
                throw new IllegalStateException("session is not found by its token");
            }
        });
        expiring.checkInvariants();
        globalKeys.checkInvariants();
        if (counted[0] != sessions.size() || counted[1] != keyCount || counted[2] != expiring.size()) {
            throw new IllegalStateException(
                    "counted " + counted[0] + " sessions, " + counted[1] + " keys and " + counted[2]
                            + " expiring, but kept " + sessions.size() + ", " + keyCount + " and " + expiring.size());
        }
    }
}
