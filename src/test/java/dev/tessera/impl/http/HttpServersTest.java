package dev.tessera.impl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that admits no connection. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class HttpServersTest {

    private static final int TIMEOUT_MS = 10_000;

    @Test
    void shouldRefuseTheFirstConnectionsWhileEventLoopsAreBusy(Vertx vertx) throws Exception {
        HttpServer server = HttpServers.create(
                        vertx,
                        new HttpServerOptions().setHttp2ClearTextEnabled(true),
                        message -> new byte[0],
                        accepted -> false,
                        prepared -> {})
                .requestHandler(request -> request.response().end());
        Await.result(server.listen(0, "127.0.0.1"));
        CountDownLatch end = new CountDownLatch(1);
        ((VertxInternal) vertx).eventLoopGroup().forEach(loop -> loop.execute(() -> await(end)));
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(isRefused(server.actualPort())).isTrue();
            }
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRefused(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(TIMEOUT_MS);
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
