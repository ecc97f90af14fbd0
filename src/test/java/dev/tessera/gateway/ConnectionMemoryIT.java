package dev.tessera.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ServerProcess;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an open WebSocket costs a real server in live heap while nothing is in flight. The figure is printed; docs/performance.md quotes it. */
class ConnectionMemoryIT {

  private static final int CONNECTIONS = 1_000;
  private static final long BYTES_MAX = 20_000;
  private static final int RECEIVE_BUFFER_BYTES = 8 * 1024;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  @Test
  void shouldKeepAConnectionIn20Kilobytes() throws Exception {
    List<RawSocket> sockets = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start()) {
      // Classes, constants and the first buffers are not counted.
      open(server, CONNECTIONS / 10, sockets);
      long before = liveBytes(server);
      open(server, CONNECTIONS, sockets);
      long bytes = (liveBytes(server) - before) / CONNECTIONS;
      System.out.printf(Locale.ROOT, "%,d open connections: %,d bytes of live heap each%n", CONNECTIONS, bytes);
      assertThat(bytes).isPositive().isLessThanOrEqualTo(BYTES_MAX);
    } finally {
      sockets.forEach(RawSocket::close);
    }
  }

  /** Opens connections, each of which has asked something once. */
  private static void open(ServerProcess server, int count, List<RawSocket> sockets) throws Exception {
    for (int i = 0; i < count; i++) {
      RawSocket socket = new RawSocket(server.port(), RECEIVE_BUFFER_BYTES);
      sockets.add(socket);
      socket.text("{\"SH_INFO_ALL\":{}}");
      assertThat(socket.read().text()).startsWith("{\"SH_INFO_ALL_RSP\":");
    }
  }

  /** By the server's own heap histogram, which collects all garbage before. */
  private static long liveBytes(ServerProcess server) throws Exception {
    Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
        Long.toString(server.pid()), "GC.class_histogram").redirectErrorStream(true).start();
    String histogram;
    try (InputStream out = jcmd.getInputStream()) {
      histogram = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    Matcher total = TOTAL.matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
    return Long.parseLong(total.group(1));
  }
}
