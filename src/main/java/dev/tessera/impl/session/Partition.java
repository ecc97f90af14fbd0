package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of the token space with its sessions: the unit of ownership. Expired sessions are invisible, even before their
 * memory is reclaimed. If sessions are switched off, a partition is a part of the global key space instead.
 *
 * <p>Thread: the owner. {@code nowMs} is the time of the owner's {@link SessionClock}, or of a clock that continues it,
 * and never goes back.
 */
public final class Partition {

    /** The cursor after the end of a {@link #scan}. */
    public static final long SCAN_END = SessionTable.END;

    /** The bytes of a removed key's name that count as one more key, because the journal contains the names. */
    public static final int SWEEP_NAME_BYTES = 64;

    private final RevisionClock revisions;
    private final PartitionContext context;
    private final MemoryAccount memory;
    private final SessionTable sessions;
    private final ExpiryQueue expiring;
    private final KeySpace globalKeys;
    /** Null if nobody listens. */
    private final @Nullable ChangeListener changes;
    /** Whether a session may have a snapshot. */
    private boolean anySnapshot;
    /** The number of keys in sessions. */
    private long keyCount;

    /** Null before the first transfer. */
    private @Nullable PendingTransfers transfers;

    /** Creates a partition without a listener. */
    public Partition() {
        this(null);
    }

    /** Creates a partition without sessions and without limits. */
    public Partition(@Nullable ChangeListener changes) {
        this(changes, MemoryAccount.unlimited());
    }

    /**
     * Creates a partition without sessions.
     *
     * @param changes receives every change; may be null
     * @param memory counts everything that the partition stores, and nothing else
     */
    public Partition(@Nullable ChangeListener changes, MemoryAccount memory) {
        this(changes, memory, KeyOrder.random());
    }

    /**
     * Creates a partition without sessions.
     *
     * @param changes receives every change; may be null
     * @param memory counts everything that the partition stores, and nothing else
     * @param order the order of keys in lists
     */
    public Partition(@Nullable ChangeListener changes, MemoryAccount memory, KeyOrder order) {
        this(changes, memory, () -> Long.MAX_VALUE, order);
    }

    /**
     * Creates a partition without sessions.
     *
     * @param changes receives every change; may be null
     * @param memory counts everything that the partition stores, and nothing else
     * @param ceiling returns the bound of revisions that is known beyond this process; see {@link RevisionClock}
     * @param order the order of keys in lists
     */
    public Partition(@Nullable ChangeListener changes, MemoryAccount memory, LongSupplier ceiling, KeyOrder order) {
        this.revisions = new RevisionClock(ceiling);
        this.context = new PartitionContext(changes, memory, revisions, order);
        this.changes = changes;
        this.memory = memory;
        this.sessions = new SessionTable(memory);
        this.expiring = new ExpiryQueue(memory);
        this.globalKeys = new KeySpace(context, null, true);
    }

    /** Returns the clock that gives each change its revision. */
    public RevisionClock revisions() {
        return revisions;
    }

    /** Begins a command, whose changes have one revision. Commands on sessions begin by themselves. */
    public void begin(long nowMs) {
        revisions.begin(nowMs);
    }

    /** Returns the account that counts everything that the partition stores. */
    public MemoryAccount memory() {
        return memory;
    }

    /** Returns the most bytes on the heap that a new session takes. */
    public long newSessionBytesMax(byte[] name, Expiry expiry) {
        return Session.bytesWithoutKeys(name, expiry) + sessions.growth() + expiring.growth();
    }

    /** Returns the session with this token, or null. */
    public @Nullable Session find(long token, long nowMs) {
        begin(nowMs);
        Session session = sessions.get(token);
        return session != null && session.isExpired(nowMs) ? expire(session, nowMs) : session;
    }

    /** Creates a session. Returns null if there is one with this token already. */
    public @Nullable Session create(long token, byte[] name, boolean shared, Expiry expiry, long nowMs) {
        if (find(token, nowMs) != null) {
            return null;
        }
        begin(nowMs);
        Session session = new Session(token, name, shared, expiry, expiry.endMs(nowMs), context, true);
        session.changedAt(revisions.ofCommand());
        add(session);
        report(ChangeKind.CREATED, session);
        return session;
    }

    /**
     * Creates a session that is not part of the partition yet. The caller adds keys and then calls {@link #adopt}, or
     * {@link Session#discard}. The partition counts its memory from now on.
     */
    public Session prepare(long token, byte[] name, boolean shared, Expiry expiry) {
        return new Session(token, name, shared, expiry, 0, context, false);
    }

    private void report(ChangeKind kind, Session session) {
        if (changes != null) {
            changes.changed(kind, session, null, hasRevision(kind) ? session.revision() : 0);
        }
    }

    private static boolean hasRevision(ChangeKind kind) {
        return kind != ChangeKind.APPLIED && kind != ChangeKind.EXPIRY_MOVED;
    }

    private void add(Session session) {
        sessions.add(session);
        memory.addSessions(1);
        if (session.expiry().deleteSession()) {
            expiring.offer(session);
        }
    }

    /**
     * Adds a prepared session with all its keys as one change. Its duration begins now. Returns false if there is a
     * session with its token already.
     *
     * @param prepared a result of {@link #prepare}
     */
    public boolean adopt(Session prepared, long nowMs) {
        if (find(prepared.token(), nowMs) != null) {
            return false;
        }
        prepared.touch(nowMs);
        prepared.keys().report();
        add(prepared);
        keyCount += prepared.keys().heldSize();
        use(prepared, nowMs, keys -> {
            prepared.changedAt(revisions.ofCommand());
            report(ChangeKind.ADOPTED, prepared);
        });
        return true;
    }

    /**
     * Visits a few sessions after the cursor; expired ones may be among them. A full iteration visits every session
     * that existed throughout exactly once, whatever else is created or removed meanwhile.
     *
     * @param cursor 0 for the first call, and then the result of the last call
     * @return the next cursor, or {@link #SCAN_END}
     */
    public long scan(long cursor, Consumer<Session> consumer) {
        return sessions.scan(cursor, consumer);
    }

    /** Returns the transfers into and out of this partition. */
    public PendingTransfers pendingTransfers() {
        if (transfers == null) {
            transfers = new PendingTransfers(memory);
        }
        return transfers;
    }

    /** Drops all transfers, because they continue on another copy of the partition. */
    public void dropPendingTransfers() {
        if (transfers != null) {
            transfers.clear();
            transfers = null;
        }
    }

    /** Ends a session of this partition and removes its keys. */
    public void remove(Session session, long nowMs) {
        begin(nowMs);
        drop(session);
        session.changedAt(revisions.ofCommand());
        report(ChangeKind.ENDED, session);
    }

    private void drop(Session session) {
        session.keys().leaveSnapshots();
        keyCount -= session.keys().heldSize();
        sessions.remove(session);
        expiring.remove(session);
        memory.add(-session.memoryBytes());
        memory.addSessions(-1);
    }

    /** Returns the most bytes on the heap by which another expiry makes the partition grow. */
    public long expiryGrowthMax(Session session, Expiry expiry) {
        return session.expiryGrowth(expiry) + (session.queueIndex < 0 ? expiring.growth() : 0);
    }

    /** Sets the expiry of a session of this partition, and its end to one duration after now. No key changes. */
    public void moveExpiry(Session session, Expiry expiry, long nowMs) {
        begin(nowMs);
        session.expire(expiry);
        session.touch(nowMs);
        expiring.requeue(session);
        report(ChangeKind.EXPIRY_MOVED, session);
    }

    /** Uses a session: moves its end, lets {@code action} change its keys, and updates the counts. */
    public void use(Session session, long nowMs, Consumer<KeySpace> action) {
        begin(nowMs);
        KeySpace keys = session.keys();
        session.touch(nowMs);
        int before = keys.heldSize();
        try {
            action.accept(keys);
        } finally {
            keyCount += keys.heldSize() - before;
            anySnapshot |= keys.hasSnapshot();
            if (session.expiry().expires() || keys.nextEndMs() != KeyRecord.NO_END) {
                expiring.offer(session);
            }
            report(ChangeKind.APPLIED, session);
        }
    }

    /** Returns a restorer, which fills the partition from a journal or a snapshot before it is used. */
    public PartitionRestorer restorer() {
        return new PartitionRestorer(this, sessions, expiring, context);
    }

    /** Visits every session, including expired ones that are not yet reclaimed. The consumer must not change any. */
    public void forEachSession(Consumer<Session> consumer) {
        sessions.forEach(consumer);
    }

    /** Returns the number of sessions, including expired ones that are not yet reclaimed. */
    public int heldSessions() {
        return sessions.size();
    }

    /** Returns the number of keys, including those that have expired and are not yet reclaimed. */
    public long heldKeys() {
        return keyCount + globalKeys.heldSize();
    }

    /** Returns whether the partition still contains this session object. */
    public boolean holds(Session session) {
        return sessions.get(session.token()) == session;
    }

    void countKeys(int more) {
        keyCount += more;
    }

    /** Returns this partition's part of the global key space, which is used only if sessions are switched off. */
    public KeySpace globalKeys() {
        return globalKeys;
    }

    /**
     * Reclaims expired sessions and expired keys.
     *
     * @param most the number of sessions and keys that the sweep examines at most. Sessions that were used meanwhile
     *     count too; they are deferred. A key with a long name counts several times; see {@link #SWEEP_NAME_BYTES}
     * @return the number of examined sessions and keys; {@code most} if more may have expired
     */
    public int sweep(long nowMs, int most) {
        if (transfers != null) {
            transfers.dropAbandoned(nowMs);
        }
        begin(nowMs);
        int looked = sweepGlobalKeys(most);
        while (looked < most) {
            Session session = expiring.due(nowMs);
            if (session == null) {
                return looked;
            }
            if (session.isExpired(nowMs)) {
                expire(session, nowMs);
            } else {
                looked += sweepKeys(session, most - looked);
                expiring.defer(session);
            }
            looked++;
        }
        return most;
    }

    private int sweepGlobalKeys(int most) {
        int looked = expireFirst(globalKeys, most);
        if (changes != null && looked > 0) {
            changes.changed(ChangeKind.APPLIED, null, null, 0);
        }
        return looked;
    }

    private int sweepKeys(Session session, int most) {
        int before = session.keys().heldSize();
        int looked = expireFirst(session.keys(), most);
        keyCount += session.keys().heldSize() - before;
        if (looked > 0) {
            report(ChangeKind.APPLIED, session);
        }
        return looked;
    }

    /** Removes keys that have ended, as many as the sweep may examine. Only the last name may go beyond. */
    private static int expireFirst(KeySpace keys, int most) {
        int looked = 0;
        while (looked < most) {
            int nameBytes = keys.expireFirst();
            if (nameBytes < 0) {
                break;
            }
            looked += 1 + nameBytes / SWEEP_NAME_BYTES;
        }
        return looked;
    }

    /** Returns the number of sessions of which something will expire. */
    int queuedSessions() {
        return expiring.size();
    }

    /** Returns one of these sessions. */
    Session queuedSession(int index) {
        return expiring.get(index);
    }

    /** Lets a session expire before its time. If it stays, its next duration begins now. */
    void evict(Session session, long nowMs) {
        memory.budget().addEvicted();
        begin(nowMs);
        expire(session, () -> {
            session.keys().drop();
            session.touch(nowMs);
        });
    }

    /** Ends all sessions. Returns how many of them had not expired. */
    public int clear(long nowMs) {
        begin(nowMs);
        int count = sessionCount(nowMs);
        if (anySnapshot) {
            sessions.forEach(session -> session.keys().leaveSnapshots());
            anySnapshot = false;
        }
        if (sessions.size() > 0) {
            long revision = revisions.ofCommand();
            sessions.forEach(session -> {
                boolean expired = session.isExpired(nowMs) && session.expiry().deleteSession();
                session.changedAt(revision);
                report(expired ? ChangeKind.EXPIRED : ChangeKind.ENDED, session);
            });
        }
        memory.addSessions(-sessions.size());
        sessions.clear();
        expiring.clear();
        // The account counts nothing else, so nothing needs to visit the sessions.
        memory.add(restBytes() - memory.usedBytes());
        keyCount = 0;
        return count;
    }

    /** Returns the number of sessions that have not expired. It visits those that have. */
    public int sessionCount(long nowMs) {
        int[] expired = new int[1];
        expiring.forEachDue(nowMs, session -> {
            if (session.isExpired(nowMs) && session.expiry().deleteSession()) {
                expired[0]++;
            }
        });
        return sessions.size() - expired[0];
    }

    /**
     * Returns the number of keys in sessions that have not expired, and in the global key space. It visits those that
     * have.
     */
    public long keyCount(long nowMs) {
        begin(nowMs);
        long[] expired = new long[1];
        expiring.forEachDue(nowMs, session -> {
            KeySpace keys = session.keys();
            expired[0] += keys.heldSize() - (session.isExpired(nowMs) ? 0 : keys.size());
        });
        return keyCount - expired[0] + globalKeys.size();
    }

    /** Returns the session if it stays, or null. */
    private @Nullable Session expire(Session session, long nowMs) {
        return expire(session, () -> session.restart(nowMs));
    }

    /**
     * Lets a session expire.
     *
     * @param restart removes its keys and begins its next duration; called if it stays
     * @return the session if it stays, or null
     */
    private @Nullable Session expire(Session session, Runnable restart) {
        boolean deleted = session.expiry().deleteSession();
        boolean lost = deleted || session.keys().heldSize() > 0;
        if (deleted) {
            drop(session);
        } else {
            keyCount -= session.keys().heldSize();
            restart.run();
            expiring.remove(session);
        }
        if (lost) {
            session.changedAt(revisions.next());
            report(ChangeKind.EXPIRED, session);
        }
        return deleted ? null : session;
    }

    /** Returns the bytes of everything except sessions. */
    private long restBytes() {
        return sessions.memoryBytes()
                + expiring.memoryBytes()
                + globalKeys.memoryBytes()
                + (transfers == null ? 0 : transfers.memoryBytes());
    }

    /** Throws if counts and tables are inconsistent. Visits every key; for tests. */
    public void checkInvariants() {
        long[] counted = new long[4];
        sessions.forEach(session -> {
            counted[3] += session.memoryBytes();
            session.keys().checkInvariants();
            counted[0]++;
            counted[1] += session.keys().heldSize();
            counted[2] += session.queueIndex >= 0 ? 1 : 0;
            if (session.queueIndex < 0 && session.nextEndMs() != Expiry.NEVER_MS) {
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
        if (counted[3] + restBytes() != memory.usedBytes() || memory.sessions() != sessions.size()) {
            throw new IllegalStateException("counted " + (counted[3] + restBytes()) + " bytes and " + sessions.size()
                    + " sessions, but the account has " + memory.usedBytes() + " and " + memory.sessions());
        }
    }
}
