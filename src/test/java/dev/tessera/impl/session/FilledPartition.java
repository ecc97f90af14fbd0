package dev.tessera.impl.session;

import dev.tessera.testing.LiveHeap;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A program that fills a partition, and prints the bytes that the partition counts and those that it takes on the heap.
 * Its arguments are the sessions, the keys in each, and the end of each key.
 */
final class FilledPartition {

    static final long NOW_MS = 1;
    static final int KEY_BYTES = 11;
    static final byte[] VALUE = ("\"" + "v".repeat(44) + "\"").getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NAME = "basket".getBytes(StandardCharsets.US_ASCII);

    private FilledPartition() {}

    public static void main(String[] arguments) {
        int sessions = Integer.parseInt(arguments[0]);
        int keysInEach = Integer.parseInt(arguments[1]);
        long endMs = Long.parseLong(arguments[2]);
        // The first fill loads classes and constants, so that they do not count.
        fill(1, 10, endMs).checkInvariants();
        long before = LiveHeap.bytes();
        Partition partition = fill(sessions, keysInEach, endMs);
        try {
            long bytes = LiveHeap.bytes() - before;
            if (partition.keyCount(NOW_MS) != (long) sessions * keysInEach) {
                throw new AssertionError(partition.keyCount(NOW_MS) + " keys");
            }
            System.out.println(partition.memory().usedBytes());
            System.out.println(bytes);
        } finally {
            Reference.reachabilityFence(partition);
        }
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
