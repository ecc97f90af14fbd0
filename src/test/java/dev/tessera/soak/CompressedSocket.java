package dev.tessera.soak;

import dev.tessera.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket with permessage-deflate; the frame code of Vert.x serves it. */
final class CompressedSocket extends SocketTransport {

    private static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;
    private static final int TIMEOUT_SECONDS = 30;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocketClient client;
    private final WebSocket socket;

    CompressedSocket(Vertx vertx, int port) throws Exception {
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setTryUsePerMessageCompression(true)
                .setMaxFrameSize(MESSAGE_BYTES_MAX)
                .setMaxMessageSize(MESSAGE_BYTES_MAX));
        socket = Await.result(client.connect(port, "127.0.0.1", "/").map(open -> {
            open.textMessageHandler(received::add);
            open.closeHandler(closed -> received.add("close " + open.closeStatusCode()));
            return open;
        }));
        if (!String.valueOf(socket.headers().get("Sec-WebSocket-Extensions")).contains("permessage-deflate")) {
            throw new AssertionError("the server does not compress");
        }
    }

    @Override
    void send(String text) {
        socket.writeTextMessage(text);
    }

    @Override
    String receive() throws InterruptedException {
        String message = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came in " + TIMEOUT_SECONDS + " s");
        }
        return message;
    }

    @Override
    public void close() throws Exception {
        Await.result(socket.close());
        Await.result(client.close());
    }
}
