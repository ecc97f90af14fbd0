package dev.tessera.impl.gateway;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the answers of one connection into the order of its requests, whichever store answers first. An answer whose
 * turn it is goes straight out; one that comes early waits as a copy. Thread: the connection's event loop.
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
    private long upgradeLeftover;
    /**
     * By slot: answers that come behind the one in the slot, whenever they come; {@link #SILENCE} while they have not.
     */
    private final Map<Long, byte[]> seconds = new HashMap<>();

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

    /** Takes the first of two answers of a slot. It keeps its turn; the other one has none, but comes behind it. */
    void answerFirst(long slot, byte[] bytes, int from, int to) {
        inTurn(slot, bytes, from, to);
        seconds.put(slot, SILENCE);
    }

    /** Takes the answer of a slot, once, or the second one; an empty one is silence. */
    void answer(long slot, byte[] bytes, int from, int to) {
        if (!seconds.containsKey(slot)) {
            inTurn(slot, bytes, from, to);
        } else if (slot < next) {
            seconds.remove(slot);
            write(bytes, from, to);
        } else {
            seconds.put(slot, Arrays.copyOfRange(bytes, from, to));
            upgradeLeftover += to - from;
        }
    }

    private void inTurn(long slot, byte[] bytes, int from, int to) {
        if (slot != next) {
            early[index(slot)] = from == to ? SILENCE : Arrays.copyOfRange(bytes, from, to);
            upgradeLeftover += to - from;
            return;
        }
        write(bytes, from, to);
        passed();
        for (byte[] waiting = early[index(next)]; waiting != null; waiting = early[index(next)]) {
            early[index(next)] = null;
            upgradeLeftover -= waiting.length;
            write(waiting, 0, waiting.length);
            passed();
        }
    }

    /** Goes to the next slot, once the answer of this one is written, and behind it the second one if it is there. */
    private void passed() {
        byte[] second = seconds.isEmpty() ? null : seconds.get(next);
        if (second != null && second != SILENCE) {
            seconds.remove(next);
            upgradeLeftover -= second.length;
            write(second, 0, second.length);
        }
        next++;
    }

    /** How many answers are owed and not written out. */
    int pending() {
        return (int) (end - next) + seconds.size();
    }

    /** How many bytes of answers wait for an earlier one. */
    long upgradeLeftover() {
        return upgradeLeftover;
    }

    /** Throws where anything waits though every request was answered; for tests. */
    void checkAtRest() {
        boolean parked = Arrays.stream(early).anyMatch(Objects::nonNull);
        if (pending() != 0 || upgradeLeftover != 0 || parked) {
            throw new IllegalStateException(
                    pending() + " answers are owed, and " + upgradeLeftover + " bytes wait for them");
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
