package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.FreePort;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class LoadGeneratorTest {

    private static TestServer server;

    @BeforeAll
    static void start(Vertx vertx) throws Exception {
        server = TestServer.start(vertx);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ECHO")
    void shouldAcceptEveryReplyOfTheServer(Load load) throws Exception {
        LoadResult result = LoadGenerator.run(Plans.counted(server.port(), load, 3_000), BenchProgress.NONE);

        assertThat(result.firstErrors()).isEmpty();
        assertThat(result.errors()).isZero();
        assertThat(result.requests()).isEqualTo(3_000);
        assertThat(result.maxUs()).isPositive();
        assertThat(result.sentBytesPerSecond()).isPositive();
        assertThat(result.receivedBytesPerSecond()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1, 50", "3, 200, 2, 1, 50", "5, 1, 5, 12, 2", "2, 8, 1, 2, 300000", "8, 3, 3, 5, 10000"})
    void shouldRunPlansOfAnyShape(int connections, int pipeline, int threads, int sessions, int valueBytes)
            throws Exception {
        for (Load load : List.of(Load.SET, Load.GET)) {
            LoadPlan plan = Plans.shaped(server.port(), load, connections, pipeline, threads, sessions, valueBytes);

            LoadResult result = LoadGenerator.run(plan, BenchProgress.NONE);

            assertThat(result.firstErrors()).isEmpty();
            assertThat(result.errors()).isZero();
            assertThat(result.requests()).isEqualTo(500);
        }
    }

    @Test
    void shouldEndItsSessions() throws Exception {
        LoadGenerator.run(Plans.counted(server.port(), Load.MIXED, 100), BenchProgress.NONE);

        try (TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                            {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":0,"totalKeys":0}}""");
        }
    }

    @Test
    void shouldReportAMissingServer() throws Exception {
        LoadPlan plan = Plans.counted(FreePort.find(), Load.SET, 1);

        assertThatThrownBy(() -> LoadGenerator.run(plan, BenchProgress.NONE))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("cannot connect to ws://127.0.0.1:");
    }

    @Test
    void shouldReportAServerWithoutWebSocket() {
        LoadPlan plan = Plans.counted(server.server().managementPort(), Load.SET, 1);

        assertThatThrownBy(() -> LoadGenerator.run(plan, BenchProgress.NONE))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("does not open a WebSocket, it answers: HTTP/1.1 404");
    }
}
