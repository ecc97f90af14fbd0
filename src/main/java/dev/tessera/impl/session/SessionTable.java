package dev.tessera.impl.session;

import java.util.function.Consumer;

/**
 * Sessions by token: open addressing with linear probing over one array of references, since a token in every session
 * makes entries unnecessary. Removal shifts back what follows, so there are no tombstones. Thread: the owner.
 */
final class SessionTable {

    /** The cursor at which {@link #scan} has seen all. */
    static final long END = 1L << Integer.SIZE;

    private static final int CAPACITY_MIN = 4;

    private Session[] table = new Session[CAPACITY_MIN];
    private int size;

    int size() {
        return size;
    }

    Session get(long token) {
        int mask = table.length - 1;
        for (int i = home(token, mask); table[i] != null; i = i + 1 & mask) {
            if (table[i].token() == token) {
                return table[i];
            }
        }
        return null;
    }

    /** Adds a session whose token is not in the table. */
    void add(Session session) {
        if ((size + 1) * 3L > table.length * 2L) {
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
     * Hands over the sessions from a cursor on, a few at a time, in an order of their tokens that the table's growing
     * and shrinking does not change: that of the bits of their hashes, reversed, so that each home of the table holds
     * one range of it. So who goes on until the end sees every session that was there all the time exactly once.
     *
     * @param cursor 0 at the beginning, then what was returned
     * @return where to go on, or {@link #END}
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
        return (cursor >>> Integer.SIZE - bits) + 1 << Integer.SIZE - bits;
    }

    /** The place of a token in the order of {@link #scan}: 32 bits. */
    private static long order(long token) {
        return Integer.toUnsignedLong(Integer.reverse((int) (HashFinalizer.mix(token) >>> 32)));
    }

    private void resize(int capacity) {
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
