package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that send nothing, to a real server that may open few files. */
@Tag(Layer.PROCESS)
@Timeout(60)
class SilentConnectionsIT {

    private static final int OPEN_FILES_MAX = 600;

    @Test
    void shouldLeaveDescriptorsForEverythingElse() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (ServerProcess server =
                ServerProcess.command().openFilesMax(OPEN_FILES_MAX).start().awaitReady()) {
            server.awaitOutput("limits.maxConnections is 10000, but the process may open only 600 files.*");
            // The first connection of all shows the listening channel to the server.
            TextSocket.connect(server.port()).close();
            for (int i = 0; i < 2 * OPEN_FILES_MAX; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(Http.get(server.managementPort(), "/livez").statusCode())
                        .isEqualTo(200);
            }
            close(silent);
            while (!Http.get(server.managementPort(), "/metrics").body().contains("\ntessera_connections 0.0\n")) {
                Thread.onSpinWait();
            }
            try (TextSocket client = TextSocket.connect(server.port())) {
                assertThat(client.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
            }
            // Netty may report for a moment that no descriptor is left, while refused connections are being closed.
            assertThat(server.output()).noneMatch(line -> line.contains(" ERROR "));
        } finally {
            close(silent);
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
