package dev.tessera.hostile;

import dev.tessera.testing.RawSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The server under attack, with the connections of the attacker. Closing it closes those connections. */
final class Target implements AutoCloseable {

    private final int port;
    private final List<RawSocket> sockets = new ArrayList<>();

    Target(int port) {
        this.port = port;
    }

    /** Opens a connection. */
    RawSocket connect() throws IOException {
        RawSocket socket = RawSocket.connect(port);
        sockets.add(socket);
        return socket;
    }

    /** Opens a WebSocket. */
    RawSocket open(String... headers) throws IOException {
        return connect().shakeHands(headers);
    }

    /** Makes a session over a WebSocket, and returns the digits of its token. */
    static String newSession(RawSocket socket) throws IOException {
        return socket.ask("""
                {"SH_NEW":{"name":"attacker"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }

    @Override
    public void close() {
        sockets.forEach(RawSocket::close);
    }
}
