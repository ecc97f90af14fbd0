package dev.tessera.testing;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Connections of a test that end together. Open them after their server, so that they end first: a server that ends
 * waits for its clients.
 */
public final class OpenSockets<T extends Closeable> implements AutoCloseable, Iterable<T> {

    private final List<T> sockets = new ArrayList<>();

    /** Adds a connection, and returns it. */
    public T add(T socket) {
        sockets.add(socket);
        return socket;
    }

    /** Returns the connection that was added with this number, from 0. */
    public T get(int number) {
        return sockets.get(number);
    }

    @Override
    public Iterator<T> iterator() {
        return List.copyOf(sockets).iterator();
    }

    @Override
    public void close() throws IOException {
        for (T socket : sockets) {
            socket.close();
        }
    }
}
