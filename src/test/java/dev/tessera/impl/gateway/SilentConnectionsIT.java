package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that send nothing, to a real server that may open few files. */
@Tag(Layer.PROCESS)
@Timeout(60)
class SilentConnectionsIT {

    private static final int OPEN_FILES_MAX = 600;
    private static final int FLOOD = 2 * OPEN_FILES_MAX;

    private final List<Socket> silent = new ArrayList<>();
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.command().openFilesMax(OPEN_FILES_MAX).start().awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        closeAll();
    }

    @Test
    void shouldLeaveDescriptorsForEverythingElse() throws Exception {
        server.awaitOutput("limits.maxConnections is 10000, but the process may open only 600 files.*");
        flood();
        for (int i = 0; i < 10; i++) {
            assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
        }
        closeAll();
        assertServedWithoutTrouble(FLOOD);
    }

    /** A server that gets no processor for a while finds connections that came and went meanwhile. */
    @Test
    void shouldKeepDescriptorsWhileManyConnectionsEndAtOnce() throws Exception {
        for (int flood = 1; flood <= 5; flood++) {
            server.freeze();
            flood();
            closeAll();
            server.signal("CONT");
            assertServedWithoutTrouble(flood * FLOOD);
        }
    }

    private void flood() throws Exception {
        for (int i = 0; i < FLOOD; i++) {
            silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        }
    }

    private void closeAll() throws IOException {
        for (Socket socket : silent) {
            socket.close();
        }
        silent.clear();
    }

    /** Waits until the server has met this number of connections, and all are gone. */
    private void assertServedWithoutTrouble(int connections) throws Exception {
        Await.until(() -> {
            MetricsPage page = MetricsPage.of(server.managementPort());
            return page.value("tessera_connections") == 0
                    && page.value("tessera_connections_opened_total") + page.value("tessera_connections_refused_total")
                            >= connections;
        });
        try (TextSocket client = TextSocket.connect(server.port())) {
            assertThat(client.ask("{\"SH_INFO_ALL\":{}}")).contains("\"st\":1");
        }
        assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("Too many open files"));
    }
}
