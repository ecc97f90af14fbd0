package dev.tessera.server;

import dev.tessera.gateway.ConnectionCount;
import dev.tessera.gateway.port.UnsentTotal;
import dev.tessera.metrics.Metrics;

/** What is shown of a server whatever it does: its clients, and the heap, which is the store. */
final class ServerMetrics {

  private ServerMetrics() {
  }

  static void addTo(Metrics metrics, ConnectionCount connections, UnsentTotal unsent) {
    metrics.gauge("tessera_connections", "Connections of clients, over WebSocket and HTTP.", connections::get);
    metrics.counter("tessera_connections_refused_total", "Requests that were refused, for their connection was one too many.",
        connections::refused);
    metrics.gauge("tessera_unsent_bytes", "Answers that clients have not taken, beyond 64 KiB of each connection.", unsent::bytes);
    metrics.counter("tessera_unsent_dropped_total", "Connections that were dropped, for all clients together had taken too little.",
        unsent::dropped);
    metrics.gauge("tessera_heap_used_bytes", "Heap in use, garbage that was not collected yet included.",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    metrics.gauge("tessera_heap_max_bytes", "Heap that may be used.", () -> Runtime.getRuntime().maxMemory());
  }
}
