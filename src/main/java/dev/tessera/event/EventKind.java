package dev.tessera.event;

import java.util.Locale;

/** The kind of a change event: its member {@code ev}. */
public enum EventKind {
    /** New keys were stored. */
    SET,
    /** Existing keys got new values. */
    UPDATE,
    /** Keys were removed. */
    REMOVE,
    /** Keys reached the end of their time to live. */
    KEY_EXPIRE,
    /** All keys were removed. */
    CLEAR,
    /** The session was ended on request. */
    END,
    /** The session expired: it was deleted, or it stays without keys. */
    EXPIRE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the kind with this word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static EventKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Returns the word on the wire. */
    public String text() {
        return text;
    }
}
