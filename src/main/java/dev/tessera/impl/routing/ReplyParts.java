package dev.tessera.impl.routing;

import dev.tessera.impl.json.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of one reply that have come, until the last one comes. They count as unsent bytes of the client that gets
 * the reply, and go with it. Thread: the dispatcher's.
 */
final class ReplyParts {

    private final ReplySink sink;
    private final List<Slice> parts;
    private long bytes;

    /**
     * Creates a list without parts.
     *
     * @param sink gets the reply
     * @param expected the number of parts
     */
    ReplyParts(ReplySink sink, int expected) {
        this.sink = sink;
        this.parts = new ArrayList<>(expected);
    }

    /** Keeps a copy of a part, because its array may have the parts of many replies. */
    void add(byte[] source, int from, int to) {
        if (sink.requester().isGone()) {
            clear();
            return;
        }
        byte[] copy = Arrays.copyOfRange(source, from, to);
        Slice part = new Slice();
        part.set(copy, 0, copy.length);
        parts.add(part);
        bytes += copy.length;
        sink.keeps(copy.length);
    }

    /** Returns the parts, and keeps them no longer. */
    List<Slice> take() {
        List<Slice> taken = List.copyOf(parts);
        clear();
        return taken;
    }

    /** Forgets the parts. */
    void clear() {
        parts.clear();
        sink.keeps(-bytes);
        bytes = 0;
    }
}
