package dev.tessera.impl.gateway;

import dev.tessera.impl.memory.ObjectSize;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue that puts the replies of one connection into the order of its requests, whichever store replies first. A
 * reply that is next goes out at once; an early one waits as a copy. Thread: the connection's event loop.
 */
final class ReplyQueue {

    /** Takes the replies in order. */
    interface Output {

        /** Writes one reply; the bytes are valid during the call. */
        void write(byte[] bytes, int from, int to);
    }

    private static final int CAPACITY_MIN = 16;
    private static final byte[] SILENCE = {};

    private final Output output;
    /** Early replies, indexed by slot modulo the length; null if none has come. */
    private byte[] @Nullable [] early = new byte[CAPACITY_MIN][];
    /** The lengths of the requests that count, indexed like {@link #early}. */
    private int[] lengths = new int[CAPACITY_MIN];

    private long requestBytes;

    private long next;
    private long end;
    private long waitingBytes;
    /** Second replies by slot. They follow the first one at any distance; {@link #SILENCE} until they come. */
    private final Map<Long, byte[]> seconds = new HashMap<>();

    ReplyQueue(Output output) {
        this.output = output;
    }

    /**
     * Returns the slot of the next request's reply.
     *
     * @param length the bytes that the request keeps alive
     */
    long reserve(int length) {
        if (end - next == early.length) {
            grow();
        }
        lengths[index(end)] = length;
        requestBytes += length;
        return end++;
    }

    /** Frees the replies that wait, because the client has gone. Further replies go to {@link #forget}. */
    void abandon() {
        for (long slot = next; slot < end; slot++) {
            if (early[index(slot)] != null) {
                early[index(slot)] = null;
                takeOff(slot);
            }
        }
        seconds.replaceAll((slot, second) -> SILENCE);
        waitingBytes = 0;
    }

    /** Notes that a reply has come after the client has gone, or that none comes. */
    void forget(long slot) {
        if (slot >= next && !seconds.containsKey(slot)) {
            takeOff(slot);
        }
    }

    /** Stops counting a request, because nothing keeps it. */
    void takeOff(long slot) {
        requestBytes -= lengths[index(slot)];
        lengths[index(slot)] = 0;
    }

    /** Takes the first of two replies of a slot. It goes out in turn; the second one follows at any time after it. */
    void answerFirst(long slot, byte[] bytes, int from, int to) {
        inTurn(slot, bytes, from, to);
        seconds.put(slot, SILENCE);
    }

    /** Takes the only or the second reply of a slot; an empty one is silence. */
    void answer(long slot, byte[] bytes, int from, int to) {
        if (seconds.isEmpty() || !seconds.containsKey(slot)) {
            inTurn(slot, bytes, from, to);
        } else if (slot < next) {
            seconds.remove(slot);
            write(bytes, from, to);
        } else {
            byte[] second = Arrays.copyOfRange(bytes, from, to);
            seconds.put(slot, second);
            waitingBytes += heapBytes(second);
        }
    }

    private void inTurn(long slot, byte[] bytes, int from, int to) {
        if (slot != next) {
            early[index(slot)] = from == to ? SILENCE : Arrays.copyOfRange(bytes, from, to);
            waitingBytes += heapBytes(early[index(slot)]);
            return;
        }
        write(bytes, from, to);
        passed();
        for (byte[] waiting = early[index(next)]; waiting != null; waiting = early[index(next)]) {
            early[index(next)] = null;
            waitingBytes -= heapBytes(waiting);
            write(waiting, 0, waiting.length);
            passed();
        }
    }

    /** Goes to the next slot after the reply of this one is written; writes the second reply first if it is there. */
    private void passed() {
        byte[] second = seconds.isEmpty() ? null : seconds.get(next);
        if (second != null && second != SILENCE) {
            seconds.remove(next);
            waitingBytes -= heapBytes(second);
            write(second, 0, second.length);
        }
        takeOff(next);
        next++;
    }

    /** Returns how many replies are owed and not written. */
    int pending() {
        return (int) (end - next) + seconds.size();
    }

    /**
     * Returns the length of all requests from the oldest one without a reply on. Answered ones among them count too,
     * because they may share an array with one that waits.
     */
    long requestBytes() {
        return requestBytes;
    }

    private static long heapBytes(byte[] reply) {
        return reply == SILENCE ? 0 : ObjectSize.ofBytes(reply.length);
    }

    /** Returns the bytes on the heap of replies that wait for an earlier reply. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Throws if a reply waits although every request was answered; for tests. */
    void checkAtRest() {
        boolean waiting = Arrays.stream(early).anyMatch(Objects::nonNull);
        if (pending() != 0 || waitingBytes != 0 || requestBytes != 0 || waiting) {
            throw new IllegalStateException(
                    pending() + " replies are owed, and " + waitingBytes + " bytes wait for them");
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
        int[] oldLengths = lengths;
        early = new byte[old.length * 2][];
        lengths = new int[early.length];
        for (long slot = next; slot < end; slot++) {
            early[index(slot)] = old[(int) slot & old.length - 1];
            lengths[index(slot)] = oldLengths[(int) slot & old.length - 1];
        }
    }
}
