package dev.tessera.impl.session;

import java.util.Arrays;

/**
 * The sessions that hold something to be reclaimed when they are over, the one to be looked at first in front: a binary
 * heap in which every session knows its place.
 *
 * <p>A command that uses a session only moves {@link Session#endMs()}; the queue notices when it looks, and then puts
 * the session back with its new end. So use costs nothing here, and a sweep touches only sessions that are due.
 */
final class ExpiryQueue {

    private Session[] heap = new Session[4];
    private int size;

    int size() {
        return size;
    }

    /**
     * Puts a session in; one that is in moves forward if its end now comes earlier, as it does after the clock went
     * back.
     */
    void offer(Session session) {
        if (session.queueIndex >= 0) {
            if (session.endMs() < session.lookMs) {
                session.lookMs = session.endMs();
                up(session.queueIndex);
            }
            return;
        }
        if (session.endMs() == Expiry.NEVER_MS) {
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        session.lookMs = session.endMs();
        place(session, size++);
        up(session.queueIndex);
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
        if (heap.length > 4 && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    /** The session in front if it is to be looked at now, or null; what is not over is then to be deferred. */
    Session due(long nowMs) {
        return size > 0 && heap[0].lookMs <= nowMs ? heap[0] : null;
    }

    /** Puts back the session in front, which is not over, until its end. */
    void defer(Session first) {
        first.lookMs = first.endMs();
        down(0);
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            heap[i].queueIndex = -1;
        }
        heap = new Session[4];
        size = 0;
    }

    private void up(int from) {
        Session session = heap[from];
        int at = from;
        while (at > 0 && heap[at - 1 >> 1].lookMs > session.lookMs) {
            place(heap[at - 1 >> 1], at);
            at = at - 1 >> 1;
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

    /** Throws where the heap contradicts itself; for tests. */
    void checkInvariants() {
        for (int i = 0; i < heap.length; i++) {
            Session session = heap[i];
            if (session != null != i < size
                    || session != null
                            && (session.queueIndex != i
                                    || session.lookMs > session.endMs()
                                    || i > 0 && heap[i - 1 >> 1].lookMs > session.lookMs)) {
                throw new IllegalStateException("place " + i + " of " + size + " is wrong");
            }
        }
    }
}
