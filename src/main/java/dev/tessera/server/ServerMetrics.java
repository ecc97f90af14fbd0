package dev.tessera.server;

import dev.tessera.impl.gateway.ConnectionCount;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.CommandMetrics;

/** What is shown of a server whatever it does: its clients, what they ask, and its process. */
final class ServerMetrics {

    private static final String COMMAND = "command";

    private ServerMetrics() {}

    static void addTo(Metrics metrics, ServerContext server) {
        metrics.addJvm();
        addConnections(
                metrics, server.gateways().connectionCount(), server.gateways().unsentTotal());
        addCommands(metrics, server.commandMetrics());
        metrics.gauge(
                "tessera_sessions",
                "Sessions that are held here, as of the last sweep.",
                server.backend()::heldSessions);
        metrics.gauge("tessera_keys", "Keys that are held here, as of the last sweep.", server.backend()::heldKeys);
    }

    private static void addConnections(Metrics metrics, ConnectionCount connections, UnsentTotal unsent) {
        metrics.gauge("tessera_connections", "Connections of clients, over WebSocket and HTTP.", connections::get);
        metrics.counter("tessera_connections_opened_total", "Connections that were let in.", connections::opened);
        metrics.counter(
                "tessera_connections_refused_total",
                "Requests that were refused, for their connection was one too many.",
                connections::refused);
        metrics.counter(
                "tessera_connections_dropped_total",
                "Connections that the server ended, by its reason.",
                values -> {
                    values.put(connections.idle(), "idle");
                    values.put(unsent.droppedForShare(), "unsent");
                    values.put(unsent.dropped(), "unsent_total");
                },
                "reason");
        metrics.gauge(
                "tessera_unsent_bytes",
                "Answers that clients have not taken, beyond 64 KiB of each connection.",
                unsent::bytes);
    }

    private static void addCommands(Metrics metrics, CommandMetrics commands) {
        metrics.counter(
                "tessera_commands_total",
                "Commands that came, by name, those that were refused included.",
                values -> commands.commands(values::put),
                COMMAND);
        metrics.counter(
                "tessera_command_faults_total",
                "Answers that tell of a fault, by command and status, once there is one.",
                values -> commands.faults(
                        (count, command, status) -> values.put(count, command, Integer.toString(status.code()))),
                COMMAND,
                "status");
        metrics.counter(
                "tessera_received_bytes_total",
                "Bytes of commands that came, without frames and headers.",
                commands::bytesIn);
        metrics.counter(
                "tessera_sent_bytes_total", "Bytes of answers, without frames and headers.", commands::bytesOut);
    }
}
