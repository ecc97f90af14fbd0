package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.FIN;
import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static dev.tessera.testing.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ClientFrames;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose complete messages wait for slow work, and are together larger than the heap of a real server. */
@Tag(Layer.PROCESS)
@Timeout(180)
class UnansweredMessagesIT {

    private static final int RSV1 = 0x40;
    private static final int KEYS = 4;
    private static final int LARGE_MESSAGES = 200;
    private static final int SLOW_UPDATES = 50;
    private static final int SEARCHED_SESSIONS = 4;
    private static final int NESTED_LEVELS = 480;
    private static final int PATIENT_SECONDS = 120;
    private static final byte[] FLUSH = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerProcess server;
    private TextSocket other;
    private String token;
    private String othersToken;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.command()
                .env("TESSERA_WEBSOCKET_COMPRESSION", "true")
                .env("TESSERA_SEARCH_UPDATE_TIMEOUT_MS", "40")
                .env("TESSERA_SEARCH_TIMEOUT_MS", "10")
                .jvm("-Xmx128m")
                .start()
                .awaitReady();
        other = TextSocket.connect(server.port());
        token = other.newSession();
        othersToken = other.newSession();
        assertThat(other.ask(set(token, "slow", "[\"" + "a".repeat(500_000) + "\"]")))
                .contains("{\"slow\":2");
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        other.close();
        server.close();
    }

    private static String set(String tkn, String key, String value) {
        return "{\"KV_SET\":{\"tkn\":" + tkn + ",\"keys\":{\"" + key + "\":" + value + "}}}";
    }

    private String largeSet(int key) {
        return set(token, "k" + key, "\"" + "v".repeat(1_000_000) + "\"");
    }

    private String slowUpdate() {
        return "{\"KV_UPDATE\":{\"tkn\":" + token
                + ",\"key\":\"slow\",\"path\":\"$[?match(@,'(a*)*c')]\",\"value\":0}}";
    }

    private static String slowSearch(String tkn) {
        return "{\"KV_FIND\":{\"tkn\":" + tkn + ",\"rsp\":\"keys\",\"path\":\"$..*..*..*..*..*..*[?@ == 1]\"}}";
    }

    @Test
    void shouldSlowDownAClientWhoseLargeMessagesWait() throws Exception {
        try (RawSocket client = RawSocket.open(server.port())) {
            List<byte[]> frames = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                frames.add(text(largeSet(key)));
            }
            for (int i = 0; i < SLOW_UPDATES; i++) {
                client.send(text(slowUpdate()));
            }
            Future<?> sending = threads.submit(() -> {
                for (int i = 0; i < LARGE_MESSAGES; i++) {
                    client.send(frames.get(i % KEYS));
                }
                return null;
            });
            shouldServeTheOther();
            for (int i = 0; i < SLOW_UPDATES; i++) {
                assertThat(client.readText()).containsAnyOf("{\"KV_UPDATE_RSP\"", "\"st\":203");
            }
            for (int i = 0; i < LARGE_MESSAGES; i++) {
                assertThat(client.readText()).startsWith("{\"KV_SET_RSP\"").contains("\"k" + i % KEYS + "\":2");
            }
            sending.get(PATIENT_SECONDS, TimeUnit.SECONDS);
        }
        shouldBeAtRest();
    }

    @Test
    void shouldBoundTheMessagesOfManyClientsThatCompress() throws Exception {
        int messages = 20;
        byte[] update = compressed(slowUpdate());
        byte[] large = compressed(largeSet(0));
        List<RawSocket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawSocket client = RawSocket.connect(server.port());
                clients.add(client);
                client.shakeHands("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover");
                client.send(update);
            }
            for (RawSocket client : clients) {
                byte[][] all = new byte[messages][];
                Arrays.fill(all, large);
                client.send(all);
            }
            shouldServeTheOther();
            for (RawSocket client : clients) {
                assertThat(inflate(client.readFrame())).containsAnyOf("{\"KV_UPDATE_RSP\"", "\"st\":203");
                for (int i = 0; i < messages; i++) {
                    assertThat(inflate(client.readFrame())).containsAnyOf("{\"KV_SET_RSP\"", "\"st\":205");
                }
            }
        } finally {
            for (RawSocket client : clients) {
                client.close();
            }
        }
        shouldBeAtRest();
    }

    @Test
    void shouldForgetAnsweredMessagesWhileSearchesOfTheirBatchWait() throws Exception {
        int rounds = 150;
        // Sessions of several stores, because a store gets a batch of its own.
        List<byte[]> round = new ArrayList<>(List.of(text(largeSet(0))));
        for (int i = 0; i < SEARCHED_SESSIONS; i++) {
            String searched = other.newSession();
            assertThat(other.ask(set(searched, "nested", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS))))
                    .contains("{\"nested\":2");
            round.add(text(slowSearch(searched)));
        }
        try (RawSocket client = RawSocket.open(server.port())) {
            byte[] frames = ClientFrames.concat(round.toArray(byte[][]::new));
            Future<?> sending = threads.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    client.send(frames);
                }
                return null;
            });
            shouldServeTheOther();
            for (int i = 0; i < rounds; i++) {
                assertThat(client.readText()).contains("{\"k0\":2");
                for (int search = 0; search < SEARCHED_SESSIONS; search++) {
                    assertThat(client.readText()).containsAnyOf("\"KV_FIND", "\"st\":203");
                }
            }
            sending.get(PATIENT_SECONDS, TimeUnit.SECONDS);
        }
        shouldBeAtRest();
    }

    private void shouldServeTheOther() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(other.ask(
                            "{\"KV_SET\":{\"tkn\":" + othersToken + ",\"keys\":{\"k\":\"" + "v".repeat(3000) + "\"}}}"))
                    .contains("{\"k\":2");
        }
    }

    private void shouldBeAtRest() throws Exception {
        while (Http.get(server.managementPort(), "/metrics")
                .body()
                .lines()
                .noneMatch("tessera_incoming_bytes 0.0"::equals)) {
            Thread.onSpinWait();
        }
        assertThat(server.isAlive()).isTrue();
        assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
    }

    private static byte[] compressed(String message) {
        byte[] bytes = utf8(message);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length + 100];
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return frame(FIN | RSV1 | TEXT, Arrays.copyOf(out, size - FLUSH.length));
    }

    private static String inflate(RawSocket.Frame frame) throws Exception {
        if ((frame.first() & RSV1) == 0) {
            return frame.text();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        OutputStream inflating = new InflaterOutputStream(all, inflater);
        inflating.write(ClientFrames.concat(frame.payload(), FLUSH));
        inflating.flush();
        inflater.end();
        return all.toString(StandardCharsets.UTF_8);
    }
}
