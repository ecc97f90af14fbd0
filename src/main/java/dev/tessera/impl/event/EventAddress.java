package dev.tessera.impl.event;

/** The event-bus addresses of change events. */
public final class EventAddress {

    /** The address of the global key space, which is used if sessions are switched off. */
    public static final String GLOBAL = "tessera.events";

    private EventAddress() {}

    /** Returns the address of a session: {@code tessera.events.} and its token in digits. */
    public static String of(long token) {
        return GLOBAL + '.' + Long.toUnsignedString(token);
    }
}
