package dev.tessera.impl.gateway;

import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MetricsPage;
import dev.tessera.testing.RawSocket;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many searches on a large session of a server with a small heap, beside another client. */
@Tag(Layer.PROCESS)
class SearchMemoryIT {

    private static final int KEYS = 100_000;
    private static final int KEYS_PER_MESSAGE = 10_000;
    private static final int SEARCHES = 400;
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;
    private static final String PATH = "$[?(@ == 'nowhere')]";

    private ServerProcess server;
    private TextSocket client;
    private String token;

    /** Starts a server. A hundred waiting searches with arrays of their own would not fit into its heap. */
    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.command()
                .env("TESSERA_SEARCH_TIMEOUT_MS", "20000")
                .jvm("-Xmx128m")
                .start()
                .awaitReady();
        client = TextSocket.connect(server.port());
        token = client.newSession();
        for (int first = 0; first < KEYS; first += KEYS_PER_MESSAGE) {
            StringBuilder keys = new StringBuilder();
            for (int i = first; i < first + KEYS_PER_MESSAGE; i++) {
                keys.append(i == first ? "" : ",")
                        .append("\"k")
                        .append(i)
                        .append("\":")
                        .append(i);
            }
            assertThat(client.ask("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{" + keys + "}}}"))
                    .startsWith("{\"KV_SET_RSP\"");
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void shouldAnswerAllSearchesOnOneSession() throws Exception {
        try (RawSocket searcher = RawSocket.open(server.port(), RECEIVE_BUFFER_BYTES)) {
            searcher.sendTimes(SEARCHES, text(find(token, PATH)));
            assertServed();
            for (int i = 0; i < SEARCHES; i++) {
                assertThat(searcher.awaitText()).contains("\"st\":1,");
            }
        }
        assertServed();
    }

    @Test
    void shouldServeOthersWhileSearchesFillTheMemoryTenTimes() throws Exception {
        int limited = 0;
        for (int round = 0; round < 10; round++) {
            try (RawSocket searcher = RawSocket.open(server.port(), RECEIVE_BUFFER_BYTES)) {
                for (int i = 0; i < 100; i++) {
                    // Each change makes another snapshot.
                    searcher.sendTimes(4, text(find(token, PATH)));
                    searcher.sendText("{\"KV_SET\":{\"tkn\":" + token + ",\"keys\":{\"k" + i + "\":" + round + "}}}");
                }
                assertServed();
                for (int i = 0; i < 100; i++) {
                    limited += searcher.awaitText().contains("\"st\":202,") ? 1 : 0;
                }
            }
            awaitNoSearch();
        }
        assertThat(limited).as("searches that were refused").isPositive();
        assertServed();
        assertThat(server.isAlive()).isTrue();
    }

    private void assertServed() throws Exception {
        assertThat(client.ask("{\"KV_GET\":{\"tkn\":" + token + ",\"keys\":[\"k" + (KEYS - 1) + "\"]}}"))
                .endsWith(":" + (KEYS - 1) + "}}}");
        String other = client.newSession();
        assertThat(client.ask(find(other, "$"))).endsWith("\"keys\":[]}}");
        assertThat(client.ask("{\"SH_END\":{\"tkn\":" + other + "}}")).contains("\"st\":1");
        assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
    }

    private void awaitNoSearch() throws Exception {
        MetricsPage page = MetricsPage.of(server.managementPort());
        for (int i = 0; page.value("tessera_searches_waiting") + page.value("tessera_searches_running") > 0; i++) {
            assertThat(i).as("waits for the end of the searches").isLessThan(12_000);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            page = MetricsPage.of(server.managementPort());
        }
    }

    private static String find(String token, String path) {
        return "{\"KV_FIND\":{\"tkn\":" + token + ",\"rsp\":\"keys\",\"path\":\"" + path + "\"}}";
    }
}
