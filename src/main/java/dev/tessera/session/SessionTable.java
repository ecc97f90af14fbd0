package dev.tessera.session;

import java.util.function.Consumer;

/**
 * Sessions by token: open addressing with linear probing over one array of references, since a token in every session
 * makes entries unnecessary. Removal shifts back what follows, so there are no tombstones. Thread: the owner.
 */
final class SessionTable {

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
    return (int) (TokenMix.mix(token) >>> 32) & mask;
  }
}
