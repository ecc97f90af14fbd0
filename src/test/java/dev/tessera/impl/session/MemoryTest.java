package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.LiveHeap;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures and prints the live heap of sessions and keys; docs/performance.md quotes the figures. */
@Tag(Layer.UNIT)
class MemoryTest {

    private static final long MB = 1_000_000;
    private static final long NOW_MS = 1;
    private static final int KEY_BYTES = 11;
    private static final byte[] NAME = "basket".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = ("\"" + "v".repeat(44) + "\"").getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldKeepAMillionKeysIn110Megabytes() {
        assertThat(measure(1_000, 1_000)).isLessThanOrEqualTo(110 * MB);
    }

    @Test
    void shouldKeepAMillionKeysThatExpireIn140Megabytes() {
        assertThat(measure(1_000, 1_000, NOW_MS + 1)).isLessThanOrEqualTo(140 * MB);
    }

    @Test
    void shouldKeepAHundredThousandSessionsIn40Megabytes() {
        assertThat(measure(100_000, 1)).isLessThanOrEqualTo(40 * MB);
    }

    @Test
    void shouldCountTheMemoryOfSessionsWithoutKeys() {
        assertThat(measure(200_000, 0)).isLessThanOrEqualTo(40 * MB);
    }

    private static long measure(int sessions, int keysInEach) {
        return measure(sessions, keysInEach, KeyRecord.NO_END);
    }

    private static long measure(int sessions, int keysInEach, long endMs) {
        // The first fill loads classes and constants, so that they do not count.
        fill(1, 10, endMs).checkInvariants();
        long before = LiveHeap.bytes();
        Partition partition = fill(sessions, keysInEach, endMs);
        long bytes;
        try {
            bytes = LiveHeap.bytes() - before;
            assertThat(partition.keyCount(NOW_MS)).isEqualTo((long) sessions * keysInEach);
            assertCounted(partition.memory().usedBytes(), bytes);
        } finally {
            Reference.reachabilityFence(partition);
        }
        long keys = (long) sessions * keysInEach;
        System.out.printf(
                Locale.ROOT,
                "%,d sessions with %,d keys each%s (%d byte key, %d byte value): %.1f MB, %d bytes a key%n",
                sessions,
                keysInEach,
                endMs == KeyRecord.NO_END ? "" : " that expire",
                KEY_BYTES,
                VALUE.length,
                bytes / (double) MB,
                bytes / Math.max(1, keys));
        return bytes;
    }

    /** Compares the count with the heap, whose other objects come and go meanwhile. */
    private static void assertCounted(long countedBytes, long heapBytes) {
        assertThat((double) countedBytes)
                .as("counted, of %,d bytes", heapBytes)
                .isBetween(0.85 * heapBytes, 1.3 * heapBytes);
    }

    private static Partition fill(int sessions, int keysInEach, long endMs) {
        Partition partition = new Partition();
        for (int i = 0; i < sessions; i++) {
            Session session = partition.create(HashFinalizer.mix(i), NAME.clone(), false, Expiry.NEVER, NOW_MS);
            for (int j = 0; j < keysInEach; j++) {
                byte[] key = String.format(Locale.ROOT, "key:%07d", j).getBytes(StandardCharsets.US_ASCII);
                partition.use(session, NOW_MS, keys -> keys.put(key, 0, key.length, VALUE, 0, VALUE.length, endMs));
            }
        }
        return partition;
    }
}
