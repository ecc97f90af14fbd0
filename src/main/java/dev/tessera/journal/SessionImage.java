package dev.tessera.journal;

import dev.tessera.session.Expiry;
import dev.tessera.session.KeySpace;
import dev.tessera.session.Session;

/**
 * A session as it is at one instant, or a piece of everybody's keys: references to what never changes, to be written down later and on
 * another thread. Immutable.
 */
public final class SessionImage {

  /** No session: everybody's keys. */
  private final boolean common;
  private final long token;
  private final byte[] name;
  private final boolean shared;
  private final Expiry expiry;
  private final long endMs;
  private final byte[][] keyRecords;

  private SessionImage(boolean common, long token, byte[] name, boolean shared, Expiry expiry, long endMs, byte[][] keyRecords) {
    this.common = common;
    this.token = token;
    this.name = name;
    this.shared = shared;
    this.expiry = expiry;
    this.endMs = endMs;
    this.keyRecords = keyRecords;
  }

  /** The image of a session. Thread: its owner. */
  public static SessionImage of(Session session) {
    return new SessionImage(false, session.token(), session.name(), session.shared(), session.expiry(), session.endMs(),
        session.keys().snapshot());
  }

  /** The image of those of everybody's keys that one partition has. Thread: its owner. */
  public static SessionImage ofCommon(KeySpace keys) {
    return new SessionImage(true, 0, null, false, null, 0, keys.snapshot());
  }

  /** How many keys there may be: what it costs to write the image. */
  public int keyCount() {
    return keyRecords.length;
  }

  /** Writes the image as payloads, of which none is larger than it need be. Thread: any. */
  public void write(PayloadSink sink) {
    PayloadBuffer buffer = new PayloadBuffer();
    buffer.part(PayloadOp.WHOLE);
    if (common) {
      buffer.op(PayloadOp.COMMON);
    } else {
      buffer.made(token, name, shared, expiry, endMs);
    }
    boolean continued = false;
    for (byte[] keyRecord : keyRecords) {
      if (keyRecord == null) {
        continue;
      }
      if (buffer.size() >= PayloadSink.IMAGE_BYTES) {
        hand(buffer, continued ? PayloadOp.MIDDLE : PayloadOp.FIRST, sink);
        continued = true;
        buffer.part(PayloadOp.WHOLE);
        open(buffer);
      }
      buffer.put(keyRecord);
    }
    hand(buffer, continued ? PayloadOp.LAST : PayloadOp.WHOLE, sink);
  }

  private void open(PayloadBuffer buffer) {
    if (common) {
      buffer.op(PayloadOp.COMMON);
    } else {
      buffer.session(token);
    }
  }

  private static void hand(PayloadBuffer buffer, byte part, PayloadSink sink) {
    buffer.setByte(0, part);
    byte[] payload = buffer.take(PayloadSink.IMAGE_BYTES);
    sink.payload(payload, 0, payload.length);
  }
}
