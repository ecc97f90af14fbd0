package dev.tessera.impl.routing;

import dev.tessera.impl.command.Request;
import dev.tessera.impl.work.Requester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clients with a request in rounds, and their later requests that wait until its last round. So the owner executes
 * the requests of a client for a token in their order.
 *
 * <p>A request waits if an earlier request for its token is in rounds or waits. A request without a token may concern
 * any session, so it always waits, and later ones wait after it. Without sessions, all requests concern the same keys.
 * The clients' limits in flight bound the requests. Thread: the dispatcher's.
 */
final class OrderedRounds {

    /** A request that waits. */
    record Waiting(Request request, ReplySink sink, long slot) {}

    /** The requests of a client. */
    private static final class Line {

        private final Set<Long> inRounds = new HashSet<>();
        private final Set<Long> waitingTokens = new HashSet<>();
        private List<Waiting> waiting = new ArrayList<>();
        private boolean allWait;

        boolean mustWait(Request request) {
            return allWait
                    || concernsAny(request)
                    || inRounds.contains(token(request))
                    || waitingTokens.contains(token(request));
        }

        void add(Waiting one) {
            waiting.add(one);
            allWait |= concernsAny(one.request);
            waitingTokens.add(token(one.request));
        }

        List<Waiting> takeWaiting() {
            List<Waiting> taken = waiting;
            waiting = new ArrayList<>();
            waitingTokens.clear();
            allWait = false;
            return taken;
        }
    }

    private final Map<Requester, Line> lines = new HashMap<>();

    private static boolean concernsAny(Request request) {
        return request.sessions() && !request.hasToken();
    }

    private static long token(Request request) {
        return request.sessions() ? request.token() : 0;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Begins the rounds of a request that does not wait. */
    void begin(Request request, ReplySink sink) {
        lines.computeIfAbsent(sink.requester(), client -> new Line()).inRounds.add(token(request));
    }

    /** Lets a request wait if it must. Returns whether it waits. */
    boolean await(Request request, ReplySink sink, long slot) {
        Line line = lines.get(sink.requester());
        if (line == null || !line.mustWait(request)) {
            return false;
        }
        line.add(new Waiting(request, sink, slot));
        return true;
    }

    /**
     * Ends the rounds of a request.
     *
     * @return the requests of its client that have waited, in their order; some of them may have to wait again
     */
    List<Waiting> end(Request request, ReplySink sink) {
        Line line = lines.get(sink.requester());
        if (line == null || !line.inRounds.remove(token(request))) {
            throw new IllegalStateException("the rounds have ended twice");
        }
        if (line.inRounds.isEmpty()) {
            lines.remove(sink.requester());
        }
        return line.takeWaiting();
    }
}
