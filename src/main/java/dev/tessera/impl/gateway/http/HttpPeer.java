package dev.tessera.impl.gateway.http;

import dev.tessera.impl.gateway.limits.ClientOrigin;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentShare;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.work.Requester;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/**
 * The state of one HTTP connection over all its streams: unanswered commands, and answers that the client has not
 * taken. Over HTTP/1.1 the requests of a connection come one after the other. Over HTTP/2 many come at once, so
 * requests wait if their commands are too many together. Thread: the connection's event loop.
 */
public final class HttpPeer {

    private static final LimitedLog DROPPED = LimitedLog.warn(HttpPeer.class, "Dropping the HTTP connection of {}: {}");

    private record Waiting(int commands, Runnable action) {}

    private final HttpConnection connection;
    private final GatewayLimits limits;
    private final UnsentShare unsent;
    private final Requester requester;
    /** Bounded by the number of streams that a connection may open. */
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    /** The bodies that have not ended. Vert.x tells them nothing of the connection's end once they are answered. */
    private final Set<RequestBody> bodies = new HashSet<>();

    private int inFlight;
    private long untakenBytes;

    /** Creates the state of a new connection. */
    public HttpPeer(HttpConnection connection, GatewayLimits limits, UnsentTotal unsentTotal) {
        this.connection = connection;
        this.requester = ClientOrigin.requester(connection.remoteAddress());
        this.limits = limits;
        Context context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
        this.unsent = new UnsentShare(limits, unsentTotal, reason -> context.runOnContext(run -> drop(reason)));
    }

    /** Returns the client as the queues know it. */
    Requester requester() {
        return requester;
    }

    /** Must be called after the connection has closed. */
    public void closed() {
        requester.leave();
        List.copyOf(bodies).forEach(RequestBody::leave);
    }

    /** Keeps a body until it ends, or the connection does. */
    void begin(RequestBody body) {
        bodies.add(body);
    }

    /** Forgets a body that has ended. */
    void end(RequestBody body) {
        bodies.remove(body);
    }

    /** Returns the limit of answer bytes that wait for the client. */
    long untakenBytesMax() {
        return limits.unsentBytesMax();
    }

    /** Runs {@code action} as soon as its commands may be in flight too, in the order of these calls. */
    void submit(int commands, Runnable action) {
        waiting.add(new Waiting(commands, action));
        runWaiting();
    }

    /** Counts commands as answered. */
    void answered(int commands) {
        inFlight -= commands;
        runWaiting();
    }

    /** Returns whether commands are in flight, so that the client has only to wait. */
    public boolean isWorking() {
        return inFlight > 0;
    }

    /** Throws if anything waits although every request was answered; for tests. */
    public void checkAtRest() {
        if (inFlight != 0 || untakenBytes != 0 || !waiting.isEmpty() || !bodies.isEmpty()) {
            throw new IllegalStateException(connection.remoteAddress() + " has " + inFlight + " commands in flight, "
                    + untakenBytes + " bytes not taken, " + waiting.size() + " requests waiting and " + bodies.size()
                    + " bodies unfinished");
        }
    }

    private void runWaiting() {
        Waiting next = waiting.peek();
        while (next != null && (inFlight == 0 || inFlight + next.commands <= limits.inFlightMax())) {
            waiting.remove();
            inFlight += next.commands;
            next.action.run();
            next = waiting.peek();
        }
    }

    /** Counts answer bytes as waiting for the client, and drops the connection if they are too many. */
    void owes(long bytes) {
        untakenBytes += bytes;
        String tooMuch = unsent.update(untakenBytes);
        if (tooMuch != null) {
            drop(tooMuch);
        }
    }

    /** Closes the connection with all its streams, which get no more answers. Does nothing if it has gone. */
    void drop(String reason) {
        if (!requester.isGone()) {
            DROPPED.log(connection.remoteAddress(), reason);
            requester.leave();
            connection.close();
        }
    }

    /** Counts answer bytes as gone: the socket has taken them, or never will. */
    void paid(long bytes) {
        untakenBytes -= bytes;
        unsent.update(untakenBytes);
    }
}
