package dev.tessera.impl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the live heap of sessions and keys, each case in a JVM of its own; docs/performance.md quotes the figures.
 */
@Tag(Layer.UNIT)
class MemoryTest {

    private static final long MB = 1_000_000;

    @Test
    void shouldKeepAMillionKeysIn110Megabytes() throws Exception {
        assertThat(measure(1_000, 1_000)).isLessThanOrEqualTo(110 * MB);
    }

    @Test
    void shouldKeepAMillionKeysThatExpireIn140Megabytes() throws Exception {
        assertThat(measure(1_000, 1_000, FilledPartition.NOW_MS + 1)).isLessThanOrEqualTo(140 * MB);
    }

    @Test
    void shouldKeepAHundredThousandSessionsIn40Megabytes() throws Exception {
        assertThat(measure(100_000, 1)).isLessThanOrEqualTo(40 * MB);
    }

    @Test
    void shouldCountTheMemoryOfSessionsWithoutKeys() throws Exception {
        assertThat(measure(200_000, 0)).isLessThanOrEqualTo(40 * MB);
    }

    private static long measure(int sessions, int keysInEach) throws Exception {
        return measure(sessions, keysInEach, KeyRecord.NO_END);
    }

    private static long measure(int sessions, int keysInEach, long endMs) throws Exception {
        List<String> sizes = ExternalProgram.run(
                        Path.of("."),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FilledPartition.class.getName(),
                        Integer.toString(sessions),
                        Integer.toString(keysInEach),
                        Long.toString(endMs))
                .lines()
                .toList();
        long countedBytes = Long.parseLong(sizes.get(0));
        long heapBytes = Long.parseLong(sizes.get(1));
        assertThat((double) countedBytes)
                .as("counted, of %,d bytes", heapBytes)
                .isBetween(0.85 * heapBytes, 1.3 * heapBytes);
        long keys = (long) sessions * keysInEach;
        System.out.printf(
                Locale.ROOT,
                "%,d sessions with %,d keys each%s (%d byte key, %d byte value): %.1f MB, %d bytes a key%n",
                sessions,
                keysInEach,
                endMs == KeyRecord.NO_END ? "" : " that expire",
                FilledPartition.KEY_BYTES,
                FilledPartition.VALUE.length,
                heapBytes / (double) MB,
                heapBytes / Math.max(1, keys));
        return heapBytes;
    }
}
