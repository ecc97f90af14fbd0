package dev.tessera.impl.session;

/** The kinds of changes that a {@link ChangeListener} receives. */
public enum ChangeKind {
    /** The session was created; it has no keys yet. */
    CREATED,
    /** A prepared session was added together with all its keys (see {@link Partition#adopt}). */
    ADOPTED,
    /** A new key was stored. */
    SET,
    /** An existing key got a new value, which may be equal to the old one. */
    UPDATED,
    /** An existing key got another end and kept its value. */
    END_MOVED,
    /** A key was removed; the record is the removed one. */
    REMOVED,
    /** A key reached its end; the record is the removed one. The change has a revision of its own. */
    KEY_EXPIRED,
    /** All keys of the session were removed; there was at least one. */
    CLEARED,
    /** The session was ended on request, together with its keys. It is the last event of the session. */
    ENDED,
    /** The session expired. Depending on {@link Expiry#deleteSession} it was deleted, or it stays without its keys. */
    EXPIRED,
    /** The session got another expiry, and an end. The change has no revision. */
    EXPIRY_MOVED,
    /** A command that used the session is complete: all its changes were reported before. There may be none. */
    APPLIED
}
