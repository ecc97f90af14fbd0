package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tessera.testing.Http;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real server on a real file system of a few megabytes, which is mounted where this process may do that. */
@Timeout(120)
class FullDiskIT {

  @TempDir
  Path directory;

  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = runs("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", directory.toString())
        || runs("sudo", "-n", "mount", "-t", "tmpfs", "-o", "size=8m,mode=777", "tmpfs", directory.toString());
    assumeTrue(mounted, "a file system can only be mounted by root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted && !runs("umount", directory.toString())) {
      assertThat(runs("sudo", "-n", "umount", directory.toString())).isTrue();
    }
  }

  @Test
  void shouldRefuseWritesServeReadsAndHealWhenThereIsSpaceAgain() throws Exception {
    Path ballast = Files.write(directory.resolve("ballast"), new byte[1024 * 1024]);
    String token;
    int stored = 0;
    try (ServerProcess server = start(); TextSocket socket = TextSocket.connect(server.port())) {
      String made = socket.ask("{\"SH_NEW\":{\"name\":\"a\"}}");
      token = made.substring(made.indexOf("\"tkn\":") + 6, made.length() - 2);
      String reply = set(socket, token, stored);
      while (!reply.contains("\"st\":205,")) {
        stored += reply.contains("\"st\":200,") ? 0 : 1;
        reply = set(socket, token, stored);
      }
      assertThat(stored).isGreaterThan(100);
      assertThat(count(socket, token)).isEqualTo(stored);
      assertThat(Http.get(server.managementPort(), "/readyz").body()).contains("\"status\":\"ready\"").contains("\"journal\":");
      server.awaitOutput("WARN .*cannot reserve space");

      Files.delete(ballast);
      while (set(socket, token, stored).contains("\"st\":20")) {
        assertThat(count(socket, token)).isEqualTo(stored);
      }
      stored++;
      server.kill();
    }
    try (ServerProcess server = start(); TextSocket socket = TextSocket.connect(server.port())) {
      assertThat(count(socket, token)).isEqualTo(stored);
    }
  }

  private ServerProcess start() throws Exception {
    return ServerProcess.command("--data-dir", directory.toString(), "--journal", "always")
        .env("TESSERA_LIMITS_MAX_PAYLOAD", "16384").env("TESSERA_STORAGE_SEGMENT_BYTES", "262144")
        .env("TESSERA_STORAGE_RESERVE_BYTES", "1081344").start().awaitReady();
  }

  private static String set(TextSocket socket, String token, int key) throws Exception {
    return socket.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k" + key + "\":\"" + "x".repeat(10_000) + "\"}}}");
  }

  private static int count(TextSocket socket, String token) throws Exception {
    String reply = socket.ask("{\"KV_COUNT\":{\"tkn\":" + token + "}}");
    return Integer.parseInt(reply.substring(reply.indexOf("\"cnt\":") + 6, reply.length() - 2));
  }

  private static boolean runs(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
