package dev.tessera.impl.gateway;

import dev.tessera.impl.gateway.http.TokenStringRewriter;
import dev.tessera.impl.gateway.limits.GatewayLimits;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.gateway.websocket.CloseStatus;
import dev.tessera.impl.gateway.websocket.WebSocketLink;
import dev.tessera.impl.routing.CommandIntake;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The open WebSocket connections of one gateway. Thread: the gateway's event loop. */
final class WebSocketConnections {

    /** How many checks fit into an idle timeout; see {@link ClientConnection#checkIdle}. */
    private static final int IDLE_CHECKS = 3;

    private final ConnectionCount count;
    private final CommandIntake intake;
    private final GatewayLimits limits;
    private final UnsentTotal unsentTotal;
    private final IncomingTotal incomingTotal;
    private final Set<ClientConnection> connections = new HashSet<>();
    /** Null until the gateway drains. */
    private @Nullable Promise<Void> drained;

    /** Creates an empty set. */
    WebSocketConnections(GatewayContext context, CommandIntake intake) {
        this.count = context.connectionCount();
        this.limits = context.options().limits();
        this.unsentTotal = context.unsentTotal();
        this.incomingTotal = context.incomingTotal();
        this.intake = intake;
    }

    /**
     * Adds a connection that was counted when it was accepted.
     *
     * @param tokenStrings rewrites the tokens of the connection; null if they are numbers
     */
    ClientConnection open(WebSocketLink link, @Nullable TokenStringRewriter tokenStrings) {
        ClientConnection[] self = new ClientConnection[1];
        self[0] = new ClientConnection(
                link, intake, tokenStrings, limits, unsentTotal, incomingTotal, () -> onGone(self[0]));
        connections.add(self[0]);
        if (isDraining()) {
            closeWhenAnswered(self[0]);
        }
        return self[0];
    }

    private void onGone(ClientConnection connection) {
        connections.remove(connection);
        completeDrain();
    }

    /**
     * Checks all connections again and again. Each check plans the next. After a stall of the loop a periodic timer
     * would fire several checks at once, and close clients whose messages were not read yet.
     *
     * @param idleTimeoutMs 0 allows silence
     */
    void watchIdle(Vertx vertx, long idleTimeoutMs) {
        if (idleTimeoutMs > 0) {
            vertx.setTimer(Math.max(1, idleTimeoutMs / IDLE_CHECKS), timer -> {
                Set.copyOf(connections).stream()
                        .filter(ClientConnection::checkIdle)
                        .forEach(closed -> count.addIdle());
                watchIdle(vertx, idleTimeoutMs);
            });
        }
    }

    /**
     * Checks the unfinished messages of all connections again and again, as {@link #watchIdle} checks for silence.
     *
     * @param messageTimeoutMs 0 lets messages take any time
     */
    void watchMessages(Vertx vertx, long messageTimeoutMs) {
        if (messageTimeoutMs > 0) {
            vertx.setTimer(messageTimeoutMs, timer -> {
                Set.copyOf(connections).stream()
                        .filter(ClientConnection::checkMessage)
                        .forEach(closed -> count.addSlow());
                watchMessages(vertx, messageTimeoutMs);
            });
        }
    }

    /** Closes every connection, new ones too, with 1001 after its last reply; completes when all are closed. */
    Future<Void> drain() {
        Promise<Void> all = Promise.promise();
        drained = all;
        Set.copyOf(connections).forEach(WebSocketConnections::closeWhenAnswered);
        completeDrain();
        return all.future();
    }

    boolean isDraining() {
        return drained != null;
    }

    private static void closeWhenAnswered(ClientConnection connection) {
        connection.closeWhenAnswered(CloseStatus.GOING_AWAY, "shutting down");
    }

    private void completeDrain() {
        if (drained != null && connections.isEmpty()) {
            drained.tryComplete();
        }
    }

    /** Throws if a reply waits although every request was answered; for tests. */
    void checkAtRest() {
        connections.forEach(ClientConnection::checkAtRest);
    }
}
