package dev.tessera.server;

import dev.tessera.gateway.ConnectionCount;
import dev.tessera.metrics.Metrics;

/** What is shown of a server whatever it does: its clients, and the heap, which is the store. */
final class ServerMetrics {

  private ServerMetrics() {
  }

  static void addTo(Metrics metrics, ConnectionCount connections) {
    metrics.gauge("tessera_connections", "Connections of clients, over WebSocket and HTTP.", connections::get);
    metrics.counter("tessera_connections_refused_total", "Requests that were refused, for their connection was one too many.",
        connections::refused);
    metrics.gauge("tessera_heap_used_bytes", "Heap in use, garbage that was not collected yet included.",
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    metrics.gauge("tessera_heap_max_bytes", "Heap that may be used.", () -> Runtime.getRuntime().maxMemory());
  }
}
