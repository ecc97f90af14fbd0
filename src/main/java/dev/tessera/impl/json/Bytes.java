package dev.tessera.impl.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Reads and writes of several bytes at a time, a keyed hash, and a search for the special bytes of JSON strings. */
public final class Bytes {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /** Random for each process, so that no client can choose keys that collide. */
    private static final long SEED;

    private static final long FACTOR;

    static {
        var random = new SplittableRandom(new java.security.SecureRandom().nextLong());
        SEED = random.nextLong();
        FACTOR = random.nextLong() | 1;
    }

    private Bytes() {}

    /** Returns the eight bytes from {@code index}, little endian. */
    public static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    /** Writes eight bytes at {@code index}, little endian. */
    public static void putLong(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }

    /** Returns the four bytes from {@code index}, little endian. */
    public static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    /** Writes four bytes at {@code index}, little endian. */
    public static void putInt(byte[] bytes, int index, int value) {
        INT.set(bytes, index, value);
    }

    /**
     * Marks each special byte of {@code word} with its high bit: quotes, backslashes, control characters, and bytes
     * above 0x7F. Only the lowest mark is exact, because the borrow of a subtraction may mark bytes above it by
     * mistake. A scanner needs only the lowest mark.
     */
    static long specialInString(long word) {
        long quote = word ^ 0x2222222222222222L;
        long backslash = word ^ 0x5C5C5C5C5C5C5C5CL;
        return (((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash)
                        | ((word - 0x2020202020202020L) & ~word)
                        | word)
                & HIGH;
    }

    /** Returns whether all eight bytes of {@code word} are ASCII digits. */
    static boolean isEightDigits(long word) {
        return ((word & 0xF0F0F0F0F0F0F0F0L) | (((word + 0x0606060606060606L) & 0xF0F0F0F0F0F0F0F0L) >>> 4))
                == 0x3333333333333333L;
    }

    /**
     * Returns the value of eight ASCII digits. The lowest byte of {@code word} is the first digit. The method joins
     * neighbouring digits, then neighbouring pairs (see Lemire, "Quickly parsing eight digits").
     */
    static long eightDigits(long word) {
        long digits = word - 0x3030303030303030L;
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32))
                        + ((pairs >>> 16) & 0x000000FF000000FFL) * (1 + (10_000L << 32)))
                >>> 32;
    }

    /**
     * Returns a 64-bit hash of a slice, keyed by a secret of this process. Each step mixes eight bytes into the hash.
     * The hash must not leave the process, because other processes have other secrets.
     */
    public static long hash(byte[] bytes, int from, int to) {
        long hash = SEED ^ (to - from);
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = fold(hash ^ longAt(bytes, at));
        }
        if (at < to) {
            long tail = 0;
            for (int shift = 0; at < to; at++, shift += 8) {
                tail |= (bytes[at] & 0xFFL) << shift;
            }
            hash = fold(hash ^ tail);
        }
        return fold(hash ^ FACTOR);
    }

    private static long fold(long value) {
        long mixed = value + SEED;
        return mixed * FACTOR ^ Math.multiplyHigh(mixed, FACTOR);
    }
}
