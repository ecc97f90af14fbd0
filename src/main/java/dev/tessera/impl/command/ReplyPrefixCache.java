package dev.tessera.impl.command;

import dev.tessera.impl.json.JsonWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the prefixes of recent answers. Answers of one command for one token begin alike. Copying the prefix is
 * faster than writing its names and the digits of the token again.
 *
 * <p>It is a table of fixed size; each slot keeps the last prefix written. Thread: one at a time.
 */
final class ReplyPrefixCache {

    private static final int SLOTS_LOG2 = 6;
    /** 2^64 divided by the golden ratio: multiplicative hashing. */
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private static final class Prefix {

        private final Command command;
        private final long token;
        private final byte[] bytes;

        Prefix(Command command, long token, byte[] bytes) {
            this.command = command;
            this.token = token;
            this.bytes = bytes;
        }
    }

    private final @Nullable Prefix[] slots = new Prefix[1 << SLOTS_LOG2];

    /** Writes the prefix of an answer and returns true, or returns false if the cache lacks it. */
    boolean write(Command command, long token, JsonWriter out) {
        Prefix prefix = slots[slot(command, token)];
        if (prefix == null || prefix.token != token || prefix.command != command) {
            return false;
        }
        out.raw(prefix.bytes);
        return true;
    }

    /** Keeps the prefix that was just written, and that begins at {@code from}. */
    void keep(Command command, long token, JsonWriter out, int from) {
        slots[slot(command, token)] = new Prefix(command, token, Arrays.copyOfRange(out.array(), from, out.size()));
    }

    private static int slot(Command command, long token) {
        return (int) (((token + command.name().hashCode()) * FACTOR) >>> (Long.SIZE - SLOTS_LOG2));
    }
}
