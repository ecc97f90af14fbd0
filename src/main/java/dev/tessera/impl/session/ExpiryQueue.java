package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.ObjectSize;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of the sessions that need reclaiming when they, or some of their keys, expire, ordered by the time of the
 * next check. It is a binary heap in which every session knows its index.
 *
 * <p>A command that uses a session only moves {@link Session#endMs()}. The queue notices the new end at the next check,
 * and then moves the session back. So a use costs nothing here, and a sweep touches only sessions that are due.
 */
final class ExpiryQueue {

    private static final int CAPACITY_MIN = 4;

    private final MemoryAccount memory;
    private @Nullable Session[] heap = new Session[CAPACITY_MIN];
    private int size;

    /** Creates an empty queue, which an account counts. */
    ExpiryQueue(MemoryAccount memory) {
        this.memory = memory;
        memory.add(memoryBytes());
    }

    /** Returns the bytes on the heap, without the sessions. */
    long memoryBytes() {
        return ObjectSize.ofReferences(heap.length);
    }

    /** Returns the bytes by which the queue grows if a session is added. */
    long growth() {
        return size == heap.length ? ObjectSize.ofReferences(2 * size) - memoryBytes() : 0;
    }

    int size() {
        return size;
    }

    /**
     * Adds a session, unless nothing of it will expire. If it is in the queue already, it moves forward if it must be
     * checked earlier now.
     */
    void offer(Session session) {
        long nextMs = session.nextEndMs();
        if (session.queueIndex >= 0) {
            if (nextMs < session.lookMs) {
                session.lookMs = nextMs;
                up(session.queueIndex);
            }
            return;
        }
        if (nextMs == Expiry.NEVER_MS) {
            return;
        }
        if (size == heap.length) {
            resize(size * 2);
        }
        session.lookMs = nextMs;
        place(session, size++);
        up(session.queueIndex);
    }

    /** Moves a session whose expiry is another one; removes it if nothing of it will expire. */
    void requeue(Session session) {
        remove(session);
        offer(session);
    }

    void remove(Session session) {
        int hole = session.queueIndex;
        if (hole < 0) {
            return;
        }
        session.queueIndex = -1;
        Session last = heap[--size];
        heap[size] = null;
        if (last != session) {
            place(last, hole);
            up(hole);
            down(last.queueIndex);
        }
        if (heap.length > CAPACITY_MIN && size < heap.length / 4) {
            resize(heap.length / 2);
        }
    }

    private void resize(int capacity) {
        memory.add(ObjectSize.ofReferences(capacity) - memoryBytes());
        heap = Arrays.copyOf(heap, capacity);
    }

    /** Returns a session by its index, in no particular order. */
    Session get(int index) {
        return heap[index];
    }

    /**
     * Returns the first session if its check is due, or null. The caller must remove it, or defer it if it has not
     * expired.
     */
    @Nullable
    Session due(long nowMs) {
        return size > 0 && heap[0].lookMs <= nowMs ? heap[0] : null;
    }

    /** Defers the check of the first session, which has not expired, or removes it if nothing of it will expire. */
    void defer(Session first) {
        first.lookMs = first.nextEndMs();
        if (first.lookMs == Expiry.NEVER_MS) {
            remove(first);
        } else {
            down(0);
        }
    }

    /** Visits the sessions whose check is due. The consumer must not change the queue. */
    void forEachDue(long nowMs, Consumer<Session> consumer) {
        forEachDue(0, nowMs, consumer);
    }

    /** Visits the due sessions below an index. The recursion is as deep as the heap. */
    private void forEachDue(int index, long nowMs, Consumer<Session> consumer) {
        if (index < size && heap[index].lookMs <= nowMs) {
            consumer.accept(heap[index]);
            forEachDue(2 * index + 1, nowMs, consumer);
            forEachDue(2 * index + 2, nowMs, consumer);
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            heap[i].queueIndex = -1;
        }
        resize(CAPACITY_MIN);
        Arrays.fill(heap, null);
        size = 0;
    }

    private void up(int from) {
        Session session = heap[from];
        int at = from;
        while (at > 0 && heap[(at - 1) >> 1].lookMs > session.lookMs) {
            place(heap[(at - 1) >> 1], at);
            at = (at - 1) >> 1;
        }
        place(session, at);
    }

    private void down(int from) {
        Session session = heap[from];
        int at = from;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1].lookMs < heap[child].lookMs) {
                child++;
            }
            if (heap[child].lookMs >= session.lookMs) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(session, at);
    }

    private void place(Session session, int at) {
        heap[at] = session;
        session.queueIndex = at;
    }

    /** Throws if the heap is inconsistent; for tests. */
    void checkInvariants() {
        for (int i = 0; i < heap.length; i++) {
            @Nullable Session session = heap[i];
            boolean isWrong = session == null
                    ? i < size
                    : i >= size
                            || session.queueIndex != i
                            || session.lookMs > session.nextEndMs()
                            || (i > 0 && heap[(i - 1) >> 1].lookMs > session.lookMs);
            if (isWrong) {
                throw new IllegalStateException("place " + i + " of " + size + " is wrong");
            }
        }
    }
}
