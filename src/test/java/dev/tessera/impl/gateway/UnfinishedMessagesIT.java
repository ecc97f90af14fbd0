package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Await;
import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.event.Level;

/** Clients whose unfinished messages, all together, are larger than the heap of a real server, again and again. */
@Tag(Layer.PROCESS)
@Timeout(120)
@ExtendWith(VertxExtension.class)
@ExpectLog(logger = "io.vertx.core.http.impl.HttpClientRequestImpl", level = Level.ERROR, message = "Stream was closed")
class UnfinishedMessagesIT {

    private static final int ROUNDS = 10;
    private static final int MESSAGE_BYTES = 1024 * 1024;
    private static final int RSV1 = 0x40;

    private final List<RawSocket> clients = new ArrayList<>();

    @Test
    void shouldNotFillTheHeap(Vertx vertx) throws Exception {
        try (ServerProcess server = ServerProcess.command()
                        .env("TESSERA_WEBSOCKET_COMPRESSION", "true")
                        .jvm("-Xmx128m")
                        .start()
                        .awaitReady();
                TextSocket other = TextSocket.connect(server.port())) {
            String token = other.newSession();
            for (int round = 0; round < ROUNDS; round++) {
                switch (round % 4) {
                    case 0 -> begin(server, 300, MESSAGE_BYTES - 1);
                    case 1 -> begin(server, 900, 65_000);
                    case 2 -> beginBodies(vertx, server, 100);
                    default -> beginCompressed(server, 150);
                }
                assertThat(other.ask(
                                "{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k\":\"" + "v".repeat(3000) + "\"}}}"))
                        .contains("\"k\":2");
                assertThat(server.isAlive()).isTrue();
                for (RawSocket client : clients) {
                    client.close();
                }
                clients.clear();
                awaitMetric(server, "tessera_connections 1.0");
                awaitMetric(server, "tessera_incoming_bytes 0.0");
                assertThat(other.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k\":\"" + "v".repeat(900_000)
                                + "\"}}}"))
                        .contains("\"k\":21");
            }
            assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
        } finally {
            for (RawSocket client : clients) {
                client.close();
            }
        }
    }

    private RawSocket connect(ServerProcess server, String... headers) throws Exception {
        RawSocket client = RawSocket.connect(server.port());
        clients.add(client);
        return client.shakeHands(headers);
    }

    private void begin(ServerProcess server, int count, int sentBytes) throws Exception {
        byte[] beginning = ClientFrames.concat(ClientFrames.header(FIN | TEXT, MESSAGE_BYTES), new byte[sentBytes]);
        for (int i = 0; i < count; i++) {
            connect(server).send(beginning);
        }
    }

    private void beginCompressed(ServerProcess server, int count) throws Exception {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[MESSAGE_BYTES - 1]);
        byte[] compressed = new byte[100_000];
        int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        deflater.end();
        byte[] fragment = ClientFrames.frame(RSV1 | TEXT, Arrays.copyOf(compressed, size));
        for (int i = 0; i < count; i++) {
            connect(server, "Sec-WebSocket-Extensions: permessage-deflate").send(fragment);
        }
    }

    private static void beginBodies(Vertx vertx, ServerProcess server, int count) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        for (int i = 0; i < count; i++) {
            HttpClientRequest request =
                    Await.result(client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/v1/commands"));
            Await.result(request.putHeader("Content-Type", "application/json")
                    .setChunked(true)
                    .write("[" + " ".repeat(900_000)));
        }
        Await.result(client.close());
    }

    private static void awaitMetric(ServerProcess server, String line) throws Exception {
        while (Http.get(server.managementPort(), "/metrics").body().lines().noneMatch(line::equals)) {
            Thread.onSpinWait();
        }
    }
}
