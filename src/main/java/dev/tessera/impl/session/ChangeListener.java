package dev.tessera.impl.session;

import org.jspecify.annotations.Nullable;

/**
 * A listener for every change to the sessions of a partition, in the order in which the partition applies them. The
 * cause does not matter: a command, an expiry, or the load of a save. Replaying the events reproduces the sessions.
 *
 * <p>Key changes arrive one by one, and {@link ChangeKind#APPLIED} closes those of one command. An operation without
 * effect is not an event: the clear of an empty session, or the expiry of a session that was empty and stays.
 *
 * <p>If sessions are switched off, the keys belong to the global key space. Then the session is null, the only kinds
 * are those of single keys and {@link ChangeKind#APPLIED}, and a clear arrives as the removal of each key.
 *
 * <p>A listener may keep key records (see {@link KeyRecord}), because they are immutable. It must not throw, and must
 * not change the session. Thread: the owner of the partition.
 */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Receives one change.
     *
     * @param session null for the global key space
     * @param keyRecord the key of {@link ChangeKind#SET}, {@link ChangeKind#UPDATED}, {@link ChangeKind#END_MOVED},
     *     {@link ChangeKind#REMOVED} and {@link ChangeKind#KEY_EXPIRED}; null for all other kinds
     * @param revision the revision of the change; 0 for {@link ChangeKind#EXPIRY_MOVED} and {@link ChangeKind#APPLIED}
     */
    void changed(ChangeKind kind, @Nullable Session session, byte @Nullable [] keyRecord, long revision);

    /** Receives an adopted session as its creation and one new key after the other. */
    default void changedStepwise(Session adopted) {
        changed(ChangeKind.CREATED, adopted, null, adopted.revision());
        adopted.keys()
                .forEachHeld(keyRecord -> changed(ChangeKind.SET, adopted, keyRecord, KeyRecord.revision(keyRecord)));
    }

    /**
     * Returns a listener that passes every change to {@code first} and then to {@code second}.
     *
     * @param second may be null: then the result is {@code first}
     */
    static ChangeListener both(ChangeListener first, @Nullable ChangeListener second) {
        if (second == null) {
            return first;
        }
        return (kind, session, keyRecord, revision) -> {
            first.changed(kind, session, keyRecord, revision);
            second.changed(kind, session, keyRecord, revision);
        };
    }
}
