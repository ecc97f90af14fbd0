package dev.tessera.impl.session;

import dev.tessera.impl.memory.ObjectSize;

/** A session: a named container of keys, identified by a token. Thread: the owner of its partition. */
public final class Session {

    /** The objects of a session and of its key space. */
    private static final int OBJECTS_BYTES = ObjectSize.REFERENCE_BYTES == 4 ? 128 : 168;

    private static final int EXPIRY_BYTES = 24;

    private final long token;
    private final byte[] name;
    private final boolean shared;
    private Expiry expiry;
    private final KeySpace keys;

    /** The keys are invisible after this instant; exact. */
    private long endMs;

    /** The revision of the last change: of the creation at first. */
    private long revision;

    /** The index in the queue of the partition, or -1. Owned by {@link ExpiryQueue}. */
    int queueIndex = -1;
    /** When the queue checks the session next; never later than {@link #endMs}. */
    long lookMs;

    /**
     * Creates a session without keys, which its partition counts from now on.
     *
     * @param reports whether its keys report their changes; otherwise {@link Partition#adopt} makes them report
     */
    Session(
            long token,
            byte[] name,
            boolean shared,
            Expiry expiry,
            long endMs,
            PartitionContext context,
            boolean reports) {
        this.token = token;
        this.name = name;
        this.shared = shared;
        this.expiry = expiry;
        this.endMs = endMs;
        this.keys = new KeySpace(context, this, reports);
        context.memory().add(bytesWithoutKeys(name, expiry));
    }

    /** Returns the bytes on the heap of a session without keys. */
    static long bytesWithoutKeys(byte[] name, Expiry expiry) {
        return OBJECTS_BYTES + ObjectSize.ofBytes(name.length) + (expiry.expires() ? EXPIRY_BYTES : 0);
    }

    /** Returns the bytes on the heap. */
    public long memoryBytes() {
        return bytesWithoutKeys(name, expiry) + keys.memoryBytes();
    }

    /** Returns the bytes on the heap that its early end frees. */
    long evictableBytes() {
        return expiry.deleteSession() ? memoryBytes() : keys.memoryBytes();
    }

    /** Stops counting a session that is in no partition, because nobody uses it any more. */
    public void discard() {
        keys.memory().add(-memoryBytes());
    }

    /** Returns the token, an unsigned 64-bit integer. */
    public long token() {
        return token;
    }

    /**
     * Returns the canonical text of the name (see {@link dev.tessera.impl.json.JsonString}). The caller must not change
     * it.
     */
    public byte[] name() {
        return name;
    }

    /** Returns whether clients find the session by its name. */
    public boolean shared() {
        return shared;
    }

    /** Returns the expiry. */
    public Expiry expiry() {
        return expiry;
    }

    /** Returns the bytes on the heap by which the session grows, or, if negative, shrinks with another expiry. */
    long expiryGrowth(Expiry other) {
        return bytesWithoutKeys(name, other) - bytesWithoutKeys(name, expiry);
    }

    /** Replaces the expiry; the caller moves the end. */
    void expire(Expiry other) {
        keys.memory().add(expiryGrowth(other));
        expiry = other;
    }

    /** Returns the keys. */
    public KeySpace keys() {
        return keys;
    }

    /** Returns the seconds until the end, rounded up; meaningful only if the session can expire. */
    public long remainingSeconds(long nowMs) {
        long leftMs = Math.max(0, endMs - nowMs);
        return leftMs / 1000 + (leftMs % 1000 == 0 ? 0 : 1);
    }

    /**
     * Returns the instant after which the keys are invisible, in milliseconds since 1970; {@link Long#MAX_VALUE} if the
     * session never expires.
     */
    public long endMs() {
        return endMs;
    }

    /** Returns the revision of the last change of the session: its creation, or a change of its keys. */
    public long revision() {
        return revision;
    }

    /** Notes the revision of a change. */
    void changedAt(long changed) {
        revision = changed;
    }

    /** Returns when the session or one of its keys ends first, in milliseconds since 1970. */
    long nextEndMs() {
        boolean reclaimable = expiry.deleteSession() || keys.heldSize() > 0;
        return reclaimable ? Math.min(endMs, keys.nextEndMs()) : Expiry.NEVER_MS;
    }

    /** Returns when a session that can expire was last used. */
    long usedMs() {
        return endMs - expiry.durationMs();
    }

    /** Returns whether the session has expired. A partition never finds such a session, but a scan may visit it. */
    public boolean isExpired(long nowMs) {
        return endMs <= nowMs;
    }

    /** Sets the end to a recorded instant. */
    void restoreEnd(long ms) {
        endMs = ms;
    }

    /** Moves the end to one duration after now. */
    void touch(long nowMs) {
        endMs = expiry.endMs(nowMs);
    }

    /**
     * Removes the keys of an expired session that stays. Its next duration begins at the end of the last one, so the
     * result does not depend on the moment of the reclaim.
     */
    void restart(long nowMs) {
        keys.drop();
        long durationMs = expiry.durationMs();
        long overdueMs = nowMs - endMs;
        endMs = expiry.endMs(nowMs - overdueMs % durationMs);
    }
}
