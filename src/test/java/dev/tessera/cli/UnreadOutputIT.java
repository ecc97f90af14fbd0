package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server whose standard output is a full pipe that nobody reads, as after a container's log driver has hung. */
@Tag(Layer.PROCESS)
class UnreadOutputIT {

    private static final int EXIT_CODE_TERMINATED = 143;
    private static final String FAILING_LOAD = """
            {"SH_LOAD":{"name":"missing"}}""";

    private int port;
    private int managementPort;
    private Process server;

    @BeforeEach
    void startServer() throws Exception {
        int[] ports = FreePort.find(2);
        port = ports[0];
        managementPort = ports[1];
        server = ServerProcess.command(
                        "--port", Integer.toString(port), "--management-port", Integer.toString(managementPort))
                .env("TESSERA_EVENT_LOOPS", "2")
                .startWithFullOutput();
        Await.until(() -> status("/readyz") == 200);
    }

    @AfterEach
    void killServer() {
        server.destroyForcibly();
    }

    @Test
    void shouldAnswerClientsWhateverTheyMakeItLog() throws Exception {
        try (TextSocket one = TextSocket.connect(port);
                TextSocket other = TextSocket.connect(port)) {
            for (int i = 0; i < 600; i++) {
                assertThat(one.ask(FAILING_LOAD)).contains("\"st\":142");
                assertThat(other.ask(FAILING_LOAD)).contains("\"st\":142");
            }
            assertThat(status("/livez")).isEqualTo(200);
        }
    }

    @Test
    void shouldEndOnSigterm() throws Exception {
        try (TextSocket client = TextSocket.connect(port)) {
            client.ask(FAILING_LOAD);

            server.toHandle().destroy();

            assertThat(client.receive()).isEqualTo("close 1001");
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isEqualTo(EXIT_CODE_TERMINATED);
        }
    }

    private int status(String path) throws Exception {
        return Http.get(managementPort, path).statusCode();
    }
}
