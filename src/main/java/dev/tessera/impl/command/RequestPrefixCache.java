package dev.tessera.impl.command;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;

/**
 * How messages have begun lately, up to their first parameter's value: what a client sends says the same command and
 * token again and again, so that one comparison of bytes stands for scanning, validating and looking up all of that.
 *
 * <pre>
 *   {"KV_SET":{"tkn":10838139838302738599,"keys":{"a":1}}}
 *   +-------------- known ----------------------+
 * </pre>
 *
 * <p>A table of fixed size, each place of which keeps what was met last; the place is a hash of bytes in which the
 * command and the token lie as clients usually write them. A message that finds nothing here is scanned as a whole.
 * Thread: one at a time.
 */
final class RequestPrefixCache {

    /**
     * What a beginning says.
     *
     * @param bytes the beginning itself, as it came
     * @param parameter the index of the parameter whose value follows
     */
    record Beginning(byte[] bytes, Command command, int parameter, boolean hasToken, long token) {}

    static final int BYTES_MAX = 128;
    private static final int PLACES_LOG2 = 6;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    /** From here the first digits of a token lie in a command with a name of six letters, written without spaces. */
    private static final int TOKEN_AT = 17;

    private final Beginning[] places = new Beginning[1 << PLACES_LOG2];

    /** The beginning that a message has, or null; at least one byte follows it. */
    Beginning find(byte[] text, int from, int to) {
        if (to - from < TOKEN_AT + Long.BYTES) {
            return null;
        }
        Beginning known = places[place(text, from)];
        if (known == null) {
            return null;
        }
        int length = known.bytes.length;
        return to - from > length && Arrays.equals(text, from, from + length, known.bytes, 0, length) ? known : null;
    }

    /**
     * Keeps the beginning of a message that was scanned and was the beginning of JSON. Its bytes must be those that
     * came.
     *
     * @param valueAt where the value of the parameter begins, or white space before it
     */
    void keep(
            byte[] text, int from, int valueAt, int to, Command command, int parameter, boolean hasToken, long token) {
        if (to - from >= TOKEN_AT + Long.BYTES && valueAt - from <= BYTES_MAX) {
            places[place(text, from)] =
                    new Beginning(Arrays.copyOfRange(text, from, valueAt), command, parameter, hasToken, token);
        }
    }

    private static int place(byte[] text, int from) {
        long mixed = (Bytes.longAt(text, from) ^ Bytes.longAt(text, from + TOKEN_AT) * FACTOR) * FACTOR;
        return (int) (mixed >>> Long.SIZE - PLACES_LOG2);
    }
}
