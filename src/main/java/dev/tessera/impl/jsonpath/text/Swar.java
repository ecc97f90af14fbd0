package dev.tessera.impl.jsonpath.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of JSON values eight bytes at a time ("SIMD within a register").
 *
 * <p>A word is read in little-endian order, so its lowest byte is the first one of the text. A byte of {@code word ^
 * pattern} is zero where the word holds the wanted byte. Two ways are used to turn zero bytes into high bits:
 *
 * <ul>
 *   <li>{@code (x - 0x01..) & ~x & 0x80..} is short, but borrows can set bits falsely above a true one. So only its
 *       lowest bit counts.
 *   <li>{@code ~((x & 0x7F..) + 0x7F.. | x | 0x7F..)} is exact in all bytes.
 * </ul>
 *
 * <p>Nothing is read at or after {@code limit}.
 */
final class Swar {

    /** The result if the text ends before the value does. */
    static final int NOT_CLOSED = -1;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long COMMAS = ONES * ',';
    /** The bit in which square and curly brackets differ. */
    private static final long FOLD = ONES * 0x20;

    private static final long OPENINGS = ONES * '{';
    private static final long CLOSINGS = ONES * '}';
    private static final long BEHIND_SPACE = ONES * (' ' + 1);

    private Swar() {}

    /** Returns eight bytes as one word, the first byte lowest. */
    static long word(byte[] text, int at) {
        return (long) WORD.get(text, at);
    }

    /** Returns the first position in {@code [at, limit)} that holds a quote or a backslash, or {@code limit}. */
    static int quoteOrBackslash(byte[] text, int at, int limit) {
        while (limit - at >= Long.BYTES) {
            long word = word(text, at);
            long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (found != 0) {
                return at + firstByte(found);
            }
            at += Long.BYTES;
        }
        while (at < limit && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Returns the first position in {@code [at, limit)} that cannot belong to a number or a word, or {@code limit}. */
    static int scalarEnd(byte[] text, int at, int limit) {
        while (limit - at >= Long.BYTES) {
            long word = word(text, at);
            long found =
                    zeros(word ^ COMMAS) | zeros((word | FOLD) ^ CLOSINGS) | ((word - BEHIND_SPACE) & ~word & HIGHS);
            if (found != 0) {
                return at + firstByte(found);
            }
            at += Long.BYTES;
        }
        while (at < limit && text[at] > ' ' && text[at] != ',' && (text[at] | 0x20) != '}') {
            at++;
        }
        return at;
    }

    /**
     * Returns the position after a container, or {@link #NOT_CLOSED}.
     *
     * <p>A word without a backslash is read as a whole. The parity of the quotes before each byte shows which bytes are
     * inside strings. Unless the container may close in this word, it is enough to count brackets outside strings.
     */
    static int containerEnd(byte[] text, int start, int limit) {
        int depth = 1;
        long inString = 0;
        int at = start + 1;
        while (at < limit) {
            if (limit - at >= Long.BYTES) {
                long word = word(text, at);
                if (zeros(word ^ BACKSLASHES) == 0) {
                    long inside = parity(exactZeros(word ^ QUOTES)) ^ inString;
                    long openings = exactZeros((word | FOLD) ^ OPENINGS) & ~inside;
                    long closings = exactZeros((word | FOLD) ^ CLOSINGS) & ~inside;
                    if (depth <= Long.bitCount(closings)) {
                        int end = closingByte(depth, openings, closings);
                        if (end != NOT_CLOSED) {
                            return at + end + 1;
                        }
                    }
                    depth += Long.bitCount(openings) - Long.bitCount(closings);
                    inString = (inside >> (Long.SIZE - 1)) & HIGHS;
                    at += Long.BYTES;
                    continue;
                }
            }
            int wordEnd = Math.min(at + Long.BYTES, limit);
            while (at < wordEnd) {
                byte b = text[at++];
                if (b == '"') {
                    inString ^= HIGHS;
                } else if (b == '\\') {
                    at++;
                } else if (inString == 0 && (b | 0x20) == '{') {
                    depth++;
                } else if (inString == 0 && (b | 0x20) == '}' && --depth == 0) {
                    return at;
                }
            }
        }
        return NOT_CLOSED;
    }

    /** Returns the byte in which the depth comes down to zero, or {@link #NOT_CLOSED}. */
    private static int closingByte(int depth, long openings, long closings) {
        long brackets = openings | closings;
        while (brackets != 0) {
            long lowest = brackets & -brackets;
            depth += (openings & lowest) != 0 ? 1 : -1;
            if (depth == 0) {
                return firstByte(lowest);
            }
            brackets ^= lowest;
        }
        return NOT_CLOSED;
    }

    /** Returns in each byte's high bit whether the number of bits up to there, itself included, is odd. */
    private static long parity(long bits) {
        bits ^= bits << Byte.SIZE;
        bits ^= bits << (2 * Byte.SIZE);
        return bits ^ (bits << (4 * Byte.SIZE));
    }

    private static long zeros(long x) {
        return (x - ONES) & ~x & HIGHS;
    }

    private static long exactZeros(long x) {
        return ~(((x & LOWS) + LOWS) | x | LOWS);
    }

    private static int firstByte(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }
}
