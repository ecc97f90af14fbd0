package dev.tessera.event;

import java.util.Locale;

/** What happened: the {@code ev} of an event. */
public enum EventKind {
    /** Keys were stored that were not there. */
    SET,
    /** Keys that were there have new values. */
    UPDATE,
    /** Keys were removed. */
    REMOVE,
    /** All keys were removed. */
    CLEAR,
    /** The session was ended on request. */
    END,
    /** The session's time is over: it is gone, or stays and is empty. */
    EXPIRE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /**
     * The kind that this word stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static EventKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }
}
