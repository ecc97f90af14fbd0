package dev.tessera.impl.event;

/** Where the events of a session are published. */
public final class EventAddress {

    /** Where the events of the keys of everybody are published, if sessions are switched off. */
    public static final String COMMON = "tessera.events";

    private EventAddress() {}

    /** The event-bus address of a session: {@code tessera.events.} and its token in digits. */
    public static String of(long token) {
        return COMMON + '.' + Long.toUnsignedString(token);
    }
}
