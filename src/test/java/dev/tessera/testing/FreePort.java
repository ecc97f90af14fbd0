package dev.tessera.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port for tests that must name one beforehand; where a server can choose its own port, let it. */
public final class FreePort {

  private FreePort() {
  }

  /** A port that was free a moment ago. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
