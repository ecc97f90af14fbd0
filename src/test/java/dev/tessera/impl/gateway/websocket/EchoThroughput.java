package dev.tessera.impl.gateway.websocket;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.RawSocket;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A quick look at the costs of a frame code; not a benchmark. It takes two processes, each on its core:
 *
 * <pre>
 *   java ... EchoThroughput server NATIVE
 *   java ... EchoThroughput client 40000 [connections] [messages in flight] [payload bytes]
 * </pre>
 */
public final class EchoThroughput {

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(3);

    private EchoThroughput() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("server")) {
            WebSocketOptions options = WebSocketOptions.defaults().withFrameCode(FrameCode.valueOf(args[1]));
            // This is a program, so it makes its own Vert.x, with one event loop for its one core.
            Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
            System.out.println(
                    TestServer.start(vertx, options, EchoThroughput::echo).port());
        } else {
            int[] n = {16, 64, 100};
            for (int i = 2; i < args.length; i++) {
                n[i - 2] = Integer.parseInt(args[i]);
            }
            load(Integer.parseInt(args[1]), n[0], n[1], n[2]);
        }
    }

    private static WebSocketListener echo(WebSocketLink link) {
        return new WebSocketListener() {
            @Override
            public void onText(byte[] bytes, int offset, int length) {
                link.writeText(bytes, offset, length);
            }

            @Override
            public void onBinary() {}

            @Override
            public void onNoRoom() {}

            @Override
            public void onTooLarge() {}

            @Override
            public void onReadComplete() {
                link.flush();
            }

            @Override
            public void onWritable() {}

            @Override
            public void onClosed() {}
        };
    }

    /** Keeps the number of messages in flight: sends one message for each answer. */
    private static void load(int port, int connections, int inFlight, int payloadBytes) throws IOException {
        byte[] message = ClientFrames.text("p".repeat(payloadBytes));
        int answerBytes = message.length - 4;
        ByteBuffer messages = ByteBuffer.allocateDirect(message.length * inFlight);
        for (int i = 0; i < inFlight; i++) {
            messages.put(message);
        }
        ByteBuffer answers = ByteBuffer.allocateDirect(1 << 20);
        Selector selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            RawSocket.of(channel.socket()).shakeHands();
            channel.write(messages.flip());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new long[1]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - begin < ROUND_NANOS) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    long[] bytesOver = (long[]) key.attachment();
                    bytesOver[0] += channel.read(answers.clear());
                    int whole = (int) (bytesOver[0] / answerBytes);
                    bytesOver[0] %= answerBytes;
                    count += whole;
                    messages.clear().limit(whole * message.length);
                    while (messages.hasRemaining()) {
                        channel.write(messages);
                    }
                }
                selector.selectedKeys().clear();
            }
            System.out.printf("%,d messages/s%n", count * 1_000_000_000L / (System.nanoTime() - begin));
        }
    }
}
