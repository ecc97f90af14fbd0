package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.TEXT;
import static dev.tessera.testing.ClientFrames.frame;
import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with a small heap, of which clients fill every part at the same time, beside another client. */
@Tag(Layer.PROCESS)
@Timeout(300)
class HeapSharesIT {

    private static final int ROUNDS = 2;
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    /** The other client has an address of its own, because the clients of one address share their turns. */
    private static final String ATTACKERS_ADDRESS = "127.0.0.2";

    private static final int NESTED_LEVELS = 480;
    private static final String COSTLY_PATH = "$..*..*..*..*..*..*[?@ == 1]";
    private static final int BIG_BYTES = 520_000;
    private static final int LARGE_KEYS = 100_000;
    private static final int LARGE_KEYS_PER_MESSAGE = 10_000;
    private static final byte[] UNFINISHED = new byte[1024 * 1024 - 100];

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger limited = new AtomicInteger();
    private volatile boolean stopped;
    private ServerProcess server;
    private TextSocket filler;
    private TextSocket other;
    private String othersToken;
    private String filled;
    private String large;

    /** One connection of an attacker, which is opened again whenever it ends. */
    private interface Attack {
        void run(RawSocket socket) throws IOException;
    }

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.command()
                .env("TESSERA_SEARCH_TIMEOUT_MS", "50")
                .jvm("-Xmx128m")
                .start()
                .awaitReady();
        other = TextSocket.connect(server.port());
        othersToken = other.newSession();
        assertThat(other.ask(set(othersToken, "k", "1000"))).contains("\"k\":20");
    }

    @AfterEach
    void stop() throws Exception {
        stopped = true;
        threads.shutdownNow();
        other.close();
        server.close();
    }

    @Test
    void shouldServeOthersWhileEveryPartOfTheHeapIsFull() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            stopped = false;
            limited.set(0);
            filler = TextSocket.connect(server.port());
            fillWithData();
            List<RawSocket> sockets = new ArrayList<>();
            start(sockets, 20, this::earlyReplies);
            start(sockets, 20, this::unreadReplies);
            start(sockets, 30, this::unfinished);
            start(sockets, 4, this::snapshots);
            awaitFull(round);
            for (int i = 0; i < 20; i++) {
                assertServesOther(1000 + i);
            }
            stopped = true;
            synchronized (sockets) {
                sockets.forEach(RawSocket::close);
            }
            awaitRest();
            filler.ask("{\"SH_END\":{\"tkn\":" + filled + "}}");
            filler.ask("{\"SH_END\":{\"tkn\":" + large + "}}");
            assertThat(filler.ask(set(filler.newSession(), "v", "\"" + "v".repeat(900_000) + "\"")))
                    .contains("\"v\":20");
            filler.close();
        }
        assertThat(server.isAlive()).isTrue();
        assertThat(server.output()).noneMatch(line -> line.contains(" ERROR ") || line.contains("OutOfMemory"));
    }

    private void fillWithData() throws Exception {
        filled = filler.newSession();
        large = filler.newSession();
        filler.ask(set(filled, "big", "\"" + "b".repeat(BIG_BYTES) + "\""));
        filler.ask(set(filled, "nested", "[".repeat(NESTED_LEVELS) + "]".repeat(NESTED_LEVELS)));
        for (int first = 0; first < LARGE_KEYS; first += LARGE_KEYS_PER_MESSAGE) {
            StringBuilder keys = new StringBuilder();
            for (int i = first; i < first + LARGE_KEYS_PER_MESSAGE; i++) {
                keys.append(i == first ? "" : ",").append("\"k").append(i).append("\":100");
            }
            filler.ask("{\"KV_SET\":{\"tkn\":" + large + ",\"keys\":{" + keys + "}}}");
        }
        String value = "\"" + "v".repeat(900) + "\"";
        String answer = "";
        for (int key = 0; !answer.contains("\"st\":205,"); key += 100) {
            StringBuilder keys = new StringBuilder();
            for (int i = key; i < key + 100; i++) {
                keys.append(i == key ? "" : ",")
                        .append('"')
                        .append(i)
                        .append("\":")
                        .append(value);
            }
            answer = filler.ask("{\"KV_SET\":{\"tkn\":" + filled + ",\"keys\":{" + keys + "}}}");
        }
    }

    /** Asks for large replies, which wait for the reply of a search. */
    private void earlyReplies(RawSocket socket) throws IOException {
        socket.sendText(find(filled, COSTLY_PATH));
        socket.sendTimes(30, text(get(filled, "big")));
        awaitEnd();
    }

    /** Asks for the largest replies, and reads none. */
    private void unreadReplies(RawSocket socket) throws IOException {
        socket.sendTimes(30, text("{\"KV_KEYS\":{\"tkn\":" + large + "}}"));
        awaitEnd();
    }

    private void unfinished(RawSocket socket) throws IOException {
        socket.send(frame(TEXT, UNFINISHED));
        awaitEnd();
    }

    /** Lets searches wait, and changes the session after each few of them. */
    private void snapshots(RawSocket socket) throws IOException {
        int changes = 100;
        for (int i = 0; i < changes; i++) {
            socket.sendTimes(3, text(find(large, "$[?(@ == 'nowhere')]")));
            socket.sendText(set(large, "k" + i, "101"));
        }
        for (int i = 0; i < 4 * changes; i++) {
            limited.addAndGet(socket.awaitText().contains("\"st\":202,") ? 1 : 0);
        }
    }

    private void awaitEnd() {
        for (int i = 0; i < 20 && !stopped; i++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void start(List<RawSocket> sockets, int count, Attack attack) {
        for (int i = 0; i < count; i++) {
            Future<?> unused = threads.submit(() -> {
                while (!stopped) {
                    RawSocket socket = open(sockets);
                    try (socket) {
                        attack.run(socket);
                    } catch (IOException e) {
                        // The server has dropped the connection, or the attack is over.
                    }
                }
                return null;
            });
        }
    }

    private RawSocket open(List<RawSocket> sockets) throws Exception {
        RawSocket socket = RawSocket.open(server.port(), RECEIVE_BUFFER_BYTES, ATTACKERS_ADDRESS);
        synchronized (sockets) {
            sockets.add(socket);
        }
        return socket;
    }

    private void awaitFull(int round) throws Exception {
        await(
                "full",
                page -> page.value("tessera_memory_refused_total") >= round
                        && page.value("tessera_incoming_refused_total") >= round
                        && page.value("tessera_connections_dropped_total{reason=\"unsent_total\"}") >= round
                        && limited.get() > 0);
    }

    private void awaitRest() throws Exception {
        await(
                "at rest",
                page -> page.value("tessera_connections") == 2
                        && page.value("tessera_incoming_bytes") == 0
                        && page.value("tessera_unsent_bytes") == 0
                        && page.value("tessera_searches_waiting") + page.value("tessera_searches_running") == 0);
    }

    private interface Condition {
        boolean holds(MetricsPage page);
    }

    private void await(String state, Condition condition) throws Exception {
        for (int i = 0; !condition.holds(page(state)); i++) {
            assertThat(i).as("waits until the server is " + state).isLessThan(1200);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private MetricsPage page(String state) throws Exception {
        try {
            return MetricsPage.of(server.managementPort());
        } catch (IOException e) {
            throw new AssertionError("the server ends before it is " + state + ": " + server.errors(), e);
        }
    }

    private void assertServesOther(int value) throws Exception {
        assertThat(other.ask(set(othersToken, "k", String.valueOf(value)))).contains("\"k\":21");
        assertThat(other.ask(get(othersToken, "k"))).endsWith("{\"k\":" + value + "}}}");
        assertThat(other.ask(find(othersToken, "$"))).endsWith("\"keys\":[\"k\"]}}");
        assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
    }

    private static String set(String token, String key, String value) {
        return "{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"" + key + "\":" + value + "}}}";
    }

    private static String get(String token, String key) {
        return "{\"KV_GET\":{\"tkn\":" + token + ",\"keys\":[\"" + key + "\"]}}";
    }

    private static String find(String token, String path) {
        return "{\"KV_FIND\":{\"tkn\":" + token + ",\"rsp\":\"keys\",\"path\":\"" + path + "\"}}";
    }
}
