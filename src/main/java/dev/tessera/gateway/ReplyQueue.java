package dev.tessera.gateway;

import java.util.Arrays;
import java.util.Objects;

/**
 * Puts the answers of one connection into the order of its requests, whichever store answers first. An answer whose turn it
 * is goes straight out; one that comes early waits as a copy. Thread: the connection's event loop.
 */
final class ReplyQueue {

  /** Takes the answers in their order. */
  interface Output {

    /** Takes one answer; the bytes are valid during the call. */
    void write(byte[] bytes, int from, int to);
  }

  private static final int CAPACITY_MIN = 16;
  private static final byte[] SILENCE = {};

  private final Output output;
  /** By slot modulo the length: what came early, or null. */
  private byte[][] early = new byte[CAPACITY_MIN][];
  private long next;
  private long end;
  private long earlyBytes;

  ReplyQueue(Output output) {
    this.output = output;
  }

  /** The slot of the next request's answer. */
  long reserve() {
    if (end - next == early.length) {
      grow();
    }
    return end++;
  }

  /** Takes the answer of a slot, once; an empty one is silence. */
  void answer(long slot, byte[] bytes, int from, int to) {
    if (slot != next) {
      early[index(slot)] = from == to ? SILENCE : Arrays.copyOfRange(bytes, from, to);
      earlyBytes += to - from;
      return;
    }
    write(bytes, from, to);
    next++;
    for (byte[] waiting = early[index(next)]; waiting != null; waiting = early[index(next)]) {
      early[index(next)] = null;
      earlyBytes -= waiting.length;
      next++;
      write(waiting, 0, waiting.length);
    }
  }

  /** How many slots have not been written out. */
  int pending() {
    return (int) (end - next);
  }

  /** How many bytes of answers wait for an earlier one. */
  long earlyBytes() {
    return earlyBytes;
  }

  /** Throws where anything waits though every request was answered; for tests. */
  void checkAtRest() {
    boolean parked = Arrays.stream(early).anyMatch(Objects::nonNull);
    if (next != end || earlyBytes != 0 || parked) {
      throw new IllegalStateException((end - next) + " answers are owed, and " + earlyBytes + " bytes wait for them");
    }
  }

  private void write(byte[] bytes, int from, int to) {
    if (from != to) {
      output.write(bytes, from, to);
    }
  }

  private int index(long slot) {
    return (int) slot & early.length - 1;
  }

  private void grow() {
    byte[][] old = early;
    early = new byte[old.length * 2][];
    for (long slot = next; slot < end; slot++) {
      early[index(slot)] = old[(int) slot & old.length - 1];
    }
  }
}
