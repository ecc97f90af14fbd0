package dev.tessera.impl.command;

import dev.tessera.impl.json.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the prefixes of recent messages, up to the value of their first parameter. A client repeats its command
 * and token in most messages. Comparing the prefix replaces scanning, validating and looking up both.
 *
 * <pre>
 *   {"KV_SET":{"tkn":10838139838302738599,"keys":{"a":1}}}
 *   +-------------- prefix ---------------------+
 * </pre>
 *
 * <p>It is a table of fixed size; each slot keeps the last prefix. The slot is a hash of the bytes that contain the
 * command and the token in most messages. The decoder scans a message without a known prefix from its start. Thread:
 * one at a time.
 */
final class RequestPrefixCache {

    /** A prefix, as the client sent it, and its meaning. */
    static final class Prefix {

        final byte[] bytes;
        final Command command;
        final int commandNumber;
        /** The index of the parameter whose value follows. */
        final int parameter;

        final boolean hasToken;
        final long token;

        Prefix(byte[] bytes, Command command, int commandNumber, int parameter, boolean hasToken, long token) {
            this.bytes = bytes;
            this.command = command;
            this.commandNumber = commandNumber;
            this.parameter = parameter;
            this.hasToken = hasToken;
            this.token = token;
        }
    }

    static final int BYTES_MAX = 128;
    private static final int SLOTS_LOG2 = 6;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    /** The offset of the token after a command with a name of six letters, without spaces. */
    private static final int TOKEN_AT = 17;

    private final @Nullable Prefix[] slots = new Prefix[1 << SLOTS_LOG2];

    /** Returns the prefix of a message, or null if the cache lacks it. At least one byte follows the prefix. */
    @Nullable
    Prefix find(byte[] text, int from, int to) {
        if (to - from < TOKEN_AT + Long.BYTES) {
            return null;
        }
        Prefix known = slots[slot(text, from)];
        if (known == null) {
            return null;
        }
        int length = known.bytes.length;
        return to - from > length && Arrays.equals(text, from, from + length, known.bytes, 0, length) ? known : null;
    }

    /**
     * Keeps the prefix of a message. The decoder must have scanned it without changing its bytes.
     *
     * @param valueAt the offset of the parameter's value, or of white space before it
     */
    void keep(
            byte[] text,
            int from,
            int valueAt,
            int to,
            Command command,
            int commandNumber,
            int parameter,
            boolean hasToken,
            long token) {
        if (to - from >= TOKEN_AT + Long.BYTES && valueAt - from <= BYTES_MAX) {
            slots[slot(text, from)] = new Prefix(
                    Arrays.copyOfRange(text, from, valueAt), command, commandNumber, parameter, hasToken, token);
        }
    }

    private static int slot(byte[] text, int from) {
        long hash = (Bytes.longAt(text, from) ^ (Bytes.longAt(text, from + TOKEN_AT) * FACTOR)) * FACTOR;
        return (int) (hash >>> (Long.SIZE - SLOTS_LOG2));
    }
}
