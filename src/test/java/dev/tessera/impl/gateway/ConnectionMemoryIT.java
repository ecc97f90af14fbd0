package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.LiveHeap;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures the live heap of an idle WebSocket on a real server. The test prints the figure that docs/performance.md
 * quotes.
 */
@Tag(Layer.PROCESS)
class ConnectionMemoryIT {

    private static final int CONNECTIONS = 1_000;
    private static final long BYTES_MAX = 20_000;
    private static final int RECEIVE_BUFFER_BYTES = 8 * 1024;

    @Test
    void shouldKeepAConnectionIn20Kilobytes() throws Exception {
        List<RawSocket> sockets = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start()) {
            // The first connections load classes and buffers; they do not count.
            open(server, CONNECTIONS / 10, sockets);
            long before = LiveHeap.bytes(server);
            open(server, CONNECTIONS, sockets);
            long bytes = (LiveHeap.bytes(server) - before) / CONNECTIONS;
            System.out.printf(Locale.ROOT, "%,d open connections: %,d bytes of live heap each%n", CONNECTIONS, bytes);
            assertThat(bytes).isPositive().isLessThanOrEqualTo(BYTES_MAX);
        } finally {
            sockets.forEach(RawSocket::close);
        }
    }

    /** Opens connections and sends one command on each. */
    private static void open(ServerProcess server, int count, List<RawSocket> sockets) throws Exception {
        for (int i = 0; i < count; i++) {
            RawSocket socket = RawSocket.open(server.port(), RECEIVE_BUFFER_BYTES);
            sockets.add(socket);
            socket.sendText("{\"SH_INFO_ALL\":{}}");
            assertThat(socket.readText()).startsWith("{\"SH_INFO_ALL_RSP\":");
        }
    }
}
