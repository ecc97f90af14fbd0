package dev.tessera.soak;

import dev.tessera.testing.TextSocket;

/**
 * A WebSocket of the JDK. It offers no compression, so the server's own frame code serves it. It sends some messages in
 * fragments.
 */
final class NativeSocket extends SocketTransport {

    private static final int FRAGMENTED_EVERY = 7;

    private final TextSocket socket;
    private int sent;

    NativeSocket(int port) throws Exception {
        socket = TextSocket.connect(port);
    }

    @Override
    void send(String text) throws Exception {
        if (++sent % FRAGMENTED_EVERY != 0) {
            socket.send(text);
        } else {
            int middle = text.length() / 2 + (Character.isLowSurrogate(text.charAt(text.length() / 2)) ? 1 : 0);
            socket.sendPart(text.substring(0, middle), false);
            socket.sendPart(text.substring(middle), true);
        }
    }

    @Override
    String receive() throws Exception {
        return socket.receive();
    }

    @Override
    public void close() {
        socket.close();
    }
}
