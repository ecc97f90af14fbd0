package dev.tessera.impl.session;

import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.memory.ObjectSize;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of sessions by token: open addressing with linear probing in one array of references. It needs no
 * entries, because each session has its token. A removal shifts later sessions back, so there are no tombstones.
 * Thread: the owner.
 */
final class SessionTable {

    /** The cursor after the end of a {@link #scan}. */
    static final long END = 1L << Integer.SIZE;

    private static final int CAPACITY_MIN = 4;

    private final MemoryAccount memory;
    private @Nullable Session[] table = new Session[CAPACITY_MIN];
    private int size;

    /** Creates an empty table, which an account counts. */
    SessionTable(MemoryAccount memory) {
        this.memory = memory;
        memory.add(memoryBytes());
    }

    /** Returns the bytes on the heap, without the sessions. */
    long memoryBytes() {
        return ObjectSize.ofReferences(table.length);
    }

    /** Returns the bytes by which the table grows if a session is added. */
    long growth() {
        return isFull() ? ObjectSize.ofReferences(2 * table.length) - memoryBytes() : 0;
    }

    private boolean isFull() {
        return (size + 1) * 3L > table.length * 2L;
    }

    int size() {
        return size;
    }

    @Nullable
    Session get(long token) {
        int mask = table.length - 1;
        for (int i = home(token, mask); table[i] != null; i = i + 1 & mask) {
            if (table[i].token() == token) {
                return table[i];
            }
        }
        return null;
    }

    /** Adds a session; its token must not be in the table. */
    void add(Session session) {
        if (isFull()) {
            resize(table.length * 2);
        }
        insert(session);
        size++;
    }

    void remove(Session session) {
        int mask = table.length - 1;
        int hole = home(session.token(), mask);
        while (table[hole] != session) {
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask; table[i] != null; i = i + 1 & mask) {
            int home = home(table[i].token(), mask);
            if ((i - home & mask) >= (i - hole & mask)) {
                table[hole] = table[i];
                hole = i;
            }
        }
        table[hole] = null;
        size--;
        if (table.length > CAPACITY_MIN && size < table.length / 8) {
            resize(table.length / 2);
        }
    }

    void clear() {
        memory.add(ObjectSize.ofReferences(CAPACITY_MIN) - memoryBytes());
        table = new Session[CAPACITY_MIN];
        size = 0;
    }

    void forEach(Consumer<Session> consumer) {
        for (Session session : table) {
            if (session != null) {
                consumer.accept(session);
            }
        }
    }

    /**
     * Visits a few sessions after the cursor, in the order of the reversed bits of their hashes. Resizes of the table
     * do not change this order, because each home slot has one range of it. So a full iteration visits every session
     * that existed throughout exactly once.
     *
     * @param cursor 0 for the first call, and then the result of the last call
     * @return the next cursor, or {@link #END}
     */
    long scan(long cursor, Consumer<Session> consumer) {
        int bits = Integer.numberOfTrailingZeros(table.length);
        int mask = table.length - 1;
        int home = Integer.reverse((int) cursor) & mask;
        for (int i = home; table[i] != null; i = i + 1 & mask) {
            long token = table[i].token();
            if (home(token, mask) == home && order(token) >= cursor) {
                consumer.accept(table[i]);
            }
        }
        return ((cursor >>> (Integer.SIZE - bits)) + 1) << (Integer.SIZE - bits);
    }

    /** Returns the position of a token in the order of {@link #scan}: 32 bits. */
    private static long order(long token) {
        return Integer.toUnsignedLong(Integer.reverse((int) (HashFinalizer.mix(token) >>> 32)));
    }

    private void resize(int capacity) {
        memory.add(ObjectSize.ofReferences(capacity) - memoryBytes());
        Session[] old = table;
        table = new Session[capacity];
        for (Session session : old) {
            if (session != null) {
                insert(session);
            }
        }
    }

    private void insert(Session session) {
        int mask = table.length - 1;
        int i = home(session.token(), mask);
        while (table[i] != null) {
            i = i + 1 & mask;
        }
        table[i] = session;
    }

    private static int home(long token, int mask) {
        return (int) (HashFinalizer.mix(token) >>> 32) & mask;
    }
}
