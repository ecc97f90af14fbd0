package dev.tessera.impl.command;

import dev.tessera.impl.json.JsonWriter;
import java.util.Arrays;

/**
 * How answers have begun lately. The beginning of an answer is the same for the same command and token, so that it is
 * copied in one piece, and neither its names nor the digits of the token are written again.
 *
 * <p>A table of fixed size, each place of which keeps what was written last. Thread: one at a time.
 */
final class ReplyPrefixCache {

    private static final int PLACES_LOG2 = 6;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private record Head(Command command, long token, byte[] bytes) {}

    private final Head[] places = new Head[1 << PLACES_LOG2];

    /** Writes the head of an answer, if it is known: then true. */
    boolean write(Command command, long token, JsonWriter out) {
        Head head = places[place(command, token)];
        if (head == null || head.token != token || head.command != command) {
            return false;
        }
        out.raw(head.bytes);
        return true;
    }

    /** Keeps the head that was just written, and begins at {@code from}. */
    void keep(Command command, long token, JsonWriter out, int from) {
        places[place(command, token)] = new Head(command, token, Arrays.copyOfRange(out.array(), from, out.size()));
    }

    private static int place(Command command, long token) {
        return (int) ((token + command.name().hashCode()) * FACTOR >>> Long.SIZE - PLACES_LOG2);
    }
}
