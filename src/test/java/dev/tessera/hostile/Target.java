package dev.tessera.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The server under attack, with the connections of the attacker. Closing it closes those connections. */
final class Target implements AutoCloseable {

    private final int port;
    private final List<HostileSocket> sockets = new ArrayList<>();

    Target(int port) {
        this.port = port;
    }

    /** Opens a connection. */
    HostileSocket connect() throws IOException {
        HostileSocket socket = new HostileSocket(port);
        sockets.add(socket);
        return socket;
    }

    /** Opens a WebSocket. */
    HostileSocket open(String... headers) throws IOException {
        return connect().upgrade(headers);
    }

    /** Makes a session over a WebSocket, and returns the digits of its token. */
    static String newSession(HostileSocket socket) throws IOException {
        return socket.ask("""
                {"SH_NEW":{"name":"attacker"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
    }

    @Override
    public void close() {
        sockets.forEach(HostileSocket::close);
    }
}
