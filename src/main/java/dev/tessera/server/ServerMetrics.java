package dev.tessera.server;

import dev.tessera.impl.gateway.ConnectionCount;
import dev.tessera.impl.gateway.limits.IncomingTotal;
import dev.tessera.impl.gateway.limits.UnsentTotal;
import dev.tessera.impl.log.DroppedLines;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.metrics.Metrics;
import dev.tessera.impl.routing.CommandMetrics;
import dev.tessera.impl.work.WorkerQueue;

/** The metrics that every server shows: its clients, their commands, and its process. */
final class ServerMetrics {

    private static final String COMMAND = "command";

    private ServerMetrics() {}

    /** Adds the metrics of a server whose backend is open. */
    static void addTo(Metrics metrics, ServerContext server) {
        metrics.addJvm();
        addConnections(
                metrics, server.gateways().connectionCount(), server.gateways().unsentTotal());
        addIncoming(metrics, server.gateways().incomingTotal());
        addCommands(metrics, server.commandMetrics());
        metrics.gauge(
                "tessera_event_loop_stall_seconds",
                "Time for which the slowest event loop has run no task.",
                server.stalls()::longestSeconds);
        metrics.gauge(
                "tessera_event_loop_stall_max_seconds",
                "Longest such time since the start.",
                server.stalls()::longestEverSeconds);
        metrics.counter(
                "tessera_log_dropped_total",
                "Lines missing from the log of the process, by reason.",
                values -> {
                    values.put((double) DroppedLines.limited(), "limit");
                    values.put((double) DroppedLines.unwritten(), "unwritten");
                },
                "reason");
        metrics.gauge(
                "tessera_sessions", "Sessions on this server, as of the last sweep.", server.backend()::heldSessions);
        addMemory(metrics, server.backend().memory());
        metrics.gauge("tessera_keys", "Keys on this server, as of the last sweep.", server.backend()::heldKeys);
        addSearches(metrics, server.backend().workers());
    }

    private static void addSearches(Metrics metrics, WorkerQueue workers) {
        metrics.gauge("tessera_searches_waiting", "KV_FIND and slow changes in place that wait.", workers::waiting);
        metrics.gauge("tessera_searches_running", "KV_FIND and slow changes in place that run.", workers::running);
        metrics.counter(
                "tessera_searches_slow_total",
                "KV_FIND and changes in place that ran for longer than search.slowMs.",
                workers.slow()::count);
    }

    private static void addMemory(Metrics metrics, MemoryBudget memory) {
        metrics.gauge("tessera_memory_used_bytes", "Memory that stored sessions and keys take.", memory::usedBytes);
        metrics.gauge(
                "tessera_memory_max_bytes",
                "Memory that stored sessions and keys may take.",
                () -> memory.limits().bytesMax());
        metrics.counter(
                "tessera_memory_refused_total",
                "Commands that got 205 because their changes did not fit into memory or a limit of sessions or keys.",
                memory::refused);
        metrics.counter(
                "tessera_memory_evicted_total", "Sessions that were ended to make room for others.", memory::evicted);
        metrics.counter(
                "tessera_keys_expired_total", "Keys that reached the end of their time to live.", memory::expired);
    }

    private static void addConnections(Metrics metrics, ConnectionCount connections, UnsentTotal unsent) {
        metrics.gauge("tessera_connections", "Connections of clients over WebSocket and HTTP.", connections::get);
        metrics.counter(
                "tessera_connections_opened_total", "Connections that the server accepted.", connections::opened);
        metrics.counter(
                "tessera_connections_refused_total",
                "Connections that the server refused because too many were open.",
                connections::refused);
        metrics.counter(
                "tessera_connections_dropped_total",
                "Connections that the server closed, by reason.",
                values -> {
                    values.put((double) connections.idle(), "idle");
                    values.put((double) connections.slow(), "slow_message");
                    values.put((double) unsent.droppedForShare(), "unsent");
                    values.put((double) unsent.dropped(), "unsent_total");
                },
                "reason");
        metrics.gauge(
                "tessera_unsent_bytes",
                "Reply bytes that clients have not read, beyond 16 KiB of each connection.",
                unsent::bytes);
    }

    private static void addIncoming(Metrics metrics, IncomingTotal incoming) {
        metrics.gauge(
                "tessera_incoming_bytes", "Memory that unfinished and unanswered messages hold.", incoming::bytes);
        metrics.counter(
                "tessera_incoming_refused_total",
                "Messages that the server refused because there was no memory to receive them.",
                incoming::refused);
    }

    private static void addCommands(Metrics metrics, CommandMetrics commands) {
        metrics.counter(
                "tessera_commands_total",
                "Commands received, by name, refused ones included.",
                values -> commands.commands(values::put),
                COMMAND);
        metrics.counter(
                "tessera_command_faults_total",
                "Replies with a fault status, by command and status; absent until the first one.",
                values -> commands.faults((count, command, status) ->
                        values.put((double) count, command, Integer.toString(status.code()))),
                COMMAND,
                "status");
        metrics.counter(
                "tessera_received_bytes_total",
                "Command bytes received, without frames and headers.",
                commands::bytesIn);
        metrics.counter(
                "tessera_sent_bytes_total", "Reply bytes sent, without frames and headers.", commands::bytesOut);
    }
}
