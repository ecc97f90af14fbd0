package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.work.Requester;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The clients with a request in rounds. Their later requests for the same token wait until the last round, so that the
 * owner executes the requests of a client for a token in their order. Without sessions, all later requests of the
 * client wait. The clients' limits in flight bound them. Thread: the dispatcher's.
 */
final class OrderedRounds {

    /**
     * The requests that keep their order.
     *
     * @param token 0 without sessions
     */
    private record Line(Requester client, long token) {

        static Line of(Request request, ReplySink sink) {
            return new Line(sink.requester(), request.sessions() ? request.token() : 0);
        }
    }

    /** A request that waits. */
    record Waiting(Request request, ReplySink sink, long slot) {}

    /** The lines with a request in rounds, and the requests after it. */
    private final Map<Line, ArrayDeque<Waiting>> lines = new HashMap<>();

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Begins a line. There must be none for the request yet. */
    void begin(Request request, ReplySink sink) {
        lines.put(Line.of(request, sink), new ArrayDeque<>());
    }

    /** Lets a request wait if it belongs to a line. Returns whether it waits. */
    boolean await(Request request, ReplySink sink, long slot) {
        if (request.sessions() && !request.hasToken()) {
            return false;
        }
        ArrayDeque<Waiting> line = lines.get(Line.of(request, sink));
        if (line == null) {
            return false;
        }
        line.add(new Waiting(request, sink, slot));
        return true;
    }

    /** Ends a line, and returns the requests that waited. */
    ArrayDeque<Waiting> end(Request request, ReplySink sink) {
        ArrayDeque<Waiting> waited = lines.remove(Line.of(request, sink));
        if (waited == null) {
            throw new IllegalStateException("the rounds have ended twice");
        }
        return waited;
    }
}
