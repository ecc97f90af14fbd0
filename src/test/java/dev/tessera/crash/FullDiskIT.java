package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import dev.tessera.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the real server on a disk that fills up and later has space again. */
@Tag(Layer.CRASH)
@Timeout(120)
class FullDiskIT {

    @TempDir
    Path directory;

    @Test
    @RequiresTool(Tool.MOUNT)
    void shouldRefuseWritesServeReadsAndHealWhenThereIsSpaceAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.mountedAt(directory)) {
            fillAndHeal(disk);
        }
    }

    @Test
    @RequiresTool(Tool.PRLIMIT)
    void shouldDoTheSameIfFilesMayNotGrow() throws Exception {
        try (SmallDisk disk = SmallDisk.withLimitedFiles(directory)) {
            fillAndHeal(disk);
        }
    }

    private void fillAndHeal(SmallDisk disk) throws Exception {
        String token;
        int stored = 0;
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            disk.shrink(server);
            String reply = set(socket, token, stored);
            while (!reply.contains("\"st\":205,")) {
                stored += reply.contains("\"st\":200,") ? 0 : 1;
                reply = set(socket, token, stored);
            }
            assertThat(stored).isPositive();
            assertThat(count(socket, token)).isEqualTo(stored);
            assertThat(Http.get(server.managementPort(), "/readyz").body())
                    .contains("\"status\":\"ready\"")
                    .contains("\"journal\":");
            server.awaitOutput("WARN .*cannot reserve space");

            disk.grow(server);
            while (set(socket, token, stored).contains("\"st\":20")) {
                assertThat(count(socket, token)).isEqualTo(stored);
            }
            stored++;
            server.kill();
        }
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(count(socket, token)).isEqualTo(stored);
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.command("--data-dir", directory.toString(), "--journal", "always")
                .env("TESSERA_LIMITS_MAX_PAYLOAD_BYTES", "16384")
                .env("TESSERA_STORAGE_SEGMENT_BYTES", "262144")
                .env("TESSERA_STORAGE_RESERVE_BYTES", "1081344")
                .start()
                .awaitReady();
    }

    private static String set(TextSocket socket, String token, int key) throws Exception {
        return socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token, key, "x".repeat(10_000)));
    }

    private static int count(TextSocket socket, String token) throws Exception {
        String reply = socket.ask("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token));
        return Integer.parseInt(reply.substring(reply.indexOf("\"cnt\":") + 6, reply.length() - 2));
    }
}
