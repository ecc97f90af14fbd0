package dev.tessera.impl.session;

/** A named container with its own key space, known by its token. Thread: the owner of its partition. */
public final class Session {

    private final long token;
    private final byte[] name;
    private final boolean shared;
    private final Expiry expiry;
    private final KeySpace keys;

    /** After this instant nobody sees the keys any more; exact. */
    private long endMs;

    /** When the keys were last changed, if anybody notes it; 0 otherwise. */
    private long changedMs;

    /** Where the session stands in the queue of its partition, or -1. Owned by {@link ExpiryQueue}. */
    int queueIndex = -1;
    /** When the queue looks at the session next; never later than {@link #endMs}. */
    long lookMs;

    /** With {@code changes}, who hears of what becomes of the keys, or null. */
    Session(long token, byte[] name, boolean shared, Expiry expiry, long endMs, ChangeListener changes) {
        this.token = token;
        this.name = name;
        this.shared = shared;
        this.expiry = expiry;
        this.endMs = endMs;
        this.keys = new KeySpace(changes, this);
    }

    /** A session that nobody sees, to be given its keys and then to {@link Partition#adopt}. */
    public static Session prepare(long token, byte[] name, boolean shared, Expiry expiry) {
        return new Session(token, name, shared, expiry, 0, null);
    }

    /** The token: an unsigned 64-bit integer. */
    public long token() {
        return token;
    }

    /** The canonical text of the name (see {@link dev.tessera.impl.json.JsonString}); not to be changed. */
    public byte[] name() {
        return name;
    }

    /** Says whether the session is found by its name. */
    public boolean shared() {
        return shared;
    }

    /** How it ends. */
    public Expiry expiry() {
        return expiry;
    }

    /** Its keys. */
    public KeySpace keys() {
        return keys;
    }

    /** How many seconds are left, rounded up; meaningful where the session expires. */
    public long remainingSeconds(long nowMs) {
        long leftMs = Math.max(0, endMs - nowMs);
        return leftMs / 1000 + (leftMs % 1000 == 0 ? 0 : 1);
    }

    /**
     * The instant after which nobody sees the keys any more, in milliseconds since 1970; {@link Long#MAX_VALUE} for
     * never.
     */
    public long endMs() {
        return endMs;
    }

    /** When it was made or its keys were last changed, in milliseconds since 1970; 0 where nobody has noted it. */
    public long changedMs() {
        return changedMs;
    }

    /** Notes when it was made or its keys were last changed. */
    public void noteChange(long ms) {
        changedMs = ms;
    }

    /** Says whether its time is over; a partition never finds such a session, but may hand it over in a scan. */
    public boolean isExpired(long nowMs) {
        return endMs <= nowMs;
    }

    /** Moves the end to where it was written down. */
    void restoreEnd(long ms) {
        endMs = ms;
    }

    /** Moves the end to a full duration after now. */
    void touch(long nowMs) {
        endMs = expiry.endMs(nowMs);
    }

    /**
     * Empties a session that stays when it is over. Its next duration begins where the last one ended, whoever notices
     * and whenever, so that what a client sees does not depend on when the memory was reclaimed.
     */
    void beginAgain(long nowMs) {
        keys.drop();
        long durationMs = expiry.durationMs();
        long overdueMs = nowMs - endMs;
        endMs = expiry.endMs(nowMs - overdueMs % durationMs);
    }
}
