package dev.tessera.event;

/** Where the events of a session are published. */
public final class EventAddress {

  private static final String PREFIX = "tessera.events.";

  private EventAddress() {
  }

  /** The event-bus address of a session: {@code tessera.events.} and its token in digits. */
  public static String of(long token) {
    return PREFIX + Long.toUnsignedString(token);
  }
}
