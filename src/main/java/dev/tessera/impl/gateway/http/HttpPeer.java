package dev.tessera.impl.gateway.http;

import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.UnsentShare;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one HTTP connection holds, over all its streams: commands that are not answered, and answers that it has not
 * taken. Over HTTP/1.1 the requests of a connection come one after the other; over HTTP/2 many are there at once, so
 * requests whose commands are too many together wait for their turn. Thread: the connection's event loop.
 */
public final class HttpPeer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPeer.class);

    private record Waiting(int commands, Runnable action) {}

    private final HttpConnection connection;
    private final GatewayLimits limits;
    private final UnsentShare unsent;
    /** Bounded by the number of streams that a connection may open. */
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    private int inFlight;
    private long untakenBytes;

    /** A connection that has just been opened. */
    public HttpPeer(HttpConnection connection, GatewayLimits limits, UnsentTotal unsentTotal) {
        this.connection = connection;
        this.limits = limits;
        this.unsent = new UnsentShare(limits, unsentTotal);
    }

    /** How many bytes of answers may wait for the client. */
    long untakenBytesMax() {
        return limits.unsentBytesMax();
    }

    /** Calls {@code action} as soon as so many more commands may be in flight, in the order of these calls. */
    void submit(int commands, Runnable action) {
        waiting.add(new Waiting(commands, action));
        runWaiting();
    }

    /** So many commands were answered. */
    void answered(int commands) {
        inFlight -= commands;
        runWaiting();
    }

    /** Throws where anything waits though every request was answered; for tests. */
    public void checkAtRest() {
        if (inFlight != 0 || untakenBytes != 0 || !waiting.isEmpty()) {
            throw new IllegalStateException(connection.remoteAddress() + " has " + inFlight + " commands in flight, "
                    + untakenBytes + " bytes not taken and " + waiting.size() + " requests waiting");
        }
    }

    private void runWaiting() {
        while (!waiting.isEmpty() && (inFlight == 0 || inFlight + waiting.peek().commands <= limits.inFlightMax())) {
            Waiting next = waiting.remove();
            inFlight += next.commands;
            next.action.run();
        }
    }

    /** So many bytes of answers wait for the client from now on; if they are too many, it is dropped. */
    void owes(long bytes) {
        untakenBytes += bytes;
        String tooMuch = unsent.update(untakenBytes);
        if (tooMuch != null) {
            drop(tooMuch);
        }
    }

    /** Closes the connection with all its streams. */
    void drop(String why) {
        LOG.warn("Dropping the HTTP connection of {}: {}", connection.remoteAddress(), why);
        connection.close();
    }

    /** So many bytes were taken by the socket, or will never be. */
    void paid(long bytes) {
        untakenBytes -= bytes;
        unsent.update(untakenBytes);
    }
}
