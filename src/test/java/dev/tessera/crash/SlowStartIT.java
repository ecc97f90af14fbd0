package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a server that must stop while it replays. */
@Tag(Layer.CRASH)
class SlowStartIT {

    private static final int MESSAGES = 400;

    @TempDir
    Path directory;

    @Test
    void shouldStopWhileItReplaysAndFindEverythingNextTime() throws Exception {
        String token;
        try (ServerProcess server = start().awaitReady();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            for (int i = 0; i < MESSAGES; i++) {
                socket.send("""
                        {"KV_SETQ":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token, i % 10, "x".repeat(200_000)));
            }
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":10");
            server.terminate();
            assertThat(server.awaitExit()).isEqualTo(143);
        }
        try (ServerProcess server = start()) {
            server.awaitOutput("Replaying the journal");
            server.terminate();

            assertThat(server.awaitExit()).isEqualTo(143);
            assertThat(server.output())
                    .anyMatch(line -> line.contains("Stopping: the start is given up"))
                    .anyMatch(line -> line.endsWith("Stopped"));
            assertThat(server.errors()).isEmpty();
        }
        try (ServerProcess server = start().awaitReady();
                TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":10");
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.command("--data-dir", directory.toString()).start();
    }
}
