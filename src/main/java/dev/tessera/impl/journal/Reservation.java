package dev.tessera.impl.journal;

/** Whether the journal has room for a change, and if not, why. */
public enum Reservation {
    /** There is room, and it is set aside for the change. */
    ACCEPTED,
    /** The disk is full: the space reserved ahead is used up and cannot be renewed (205 StorageFull). */
    STORAGE_FULL,
    /**
     * The space reserved ahead is used up for the moment, since more is written than the disk takes (200 Unavailable).
     */
    BEHIND,
    /** A write or fsync has failed, and the journal does not yet stand on new files (200 Unavailable). */
    UNAVAILABLE
}
