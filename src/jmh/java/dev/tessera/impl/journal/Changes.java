package dev.tessera.impl.journal;

import dev.tessera.impl.session.KeySpace;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The changes for both engines, and the memory into which both recover. */
final class Changes {

    static final int KEY_BYTES = 11;
    private static final int SESSIONS = 1000;
    private static final byte[] VALUE = ("\"" + "v".repeat(44) + "\"").getBytes(StandardCharsets.US_ASCII);

    private Changes() {}

    static long token(long number) {
        return number % SESSIONS + 1;
    }

    /** Writes the key of a change to {@code into}, beginning at {@code at}. */
    static void key(long number, byte[] into, int at) {
        long left = number;
        for (int i = KEY_BYTES - 1; i >= 0; i--) {
            into[at + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    static byte[] value() {
        return VALUE;
    }

    /** Sessions with their keys, as in a server. */
    static final class Memory {

        private final Map<Long, KeySpace> sessions = new HashMap<>();
        private long keys;

        void put(long token, byte[] bytes, int keyFrom, int valueFrom, int valueTo) {
            KeySpace session = sessions.computeIfAbsent(token, t -> new KeySpace());
            if (!session.put(bytes, keyFrom, keyFrom + KEY_BYTES, bytes, valueFrom, valueTo)) {
                keys++;
            }
        }

        long keys() {
            return keys;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d keys", keys);
        }
    }
}
