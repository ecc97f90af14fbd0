package dev.tessera.impl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class WrongServersTest {

    @Test
    void shouldCountEveryWrongReply(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.LIE)) {
            LoadResult result = LoadGenerator.run(Plans.counted(server.port(), Load.SET, 1_000), BenchProgress.NONE);

            assertThat(result.requests()).isEqualTo(1_000);
            assertThat(result.errors()).isEqualTo(1_000);
            assertThat(result.firstErrors())
                    .hasSize(3)
                    .first()
                    .asString()
                    .startsWith("""
                            expected {"KV_SET_RSP":{"tkn":7,"keys":{"key:""")
                    .contains(" but got " + """
                            {"KV_SET":{"tkn":7""");
        }
    }

    @Test
    void shouldCountRepliesToNothing(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.REPEAT)) {
            LoadResult result = LoadGenerator.run(Plans.counted(server.port(), Load.SET, 4), BenchProgress.NONE);

            assertThat(result.errors()).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void shouldGiveUpOnASilentServer(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.KEEP_SILENT)) {
            LoadResult result = LoadGenerator.run(Plans.impatient(server.port(), Load.SET, 100), BenchProgress.NONE);

            assertThat(result.requests()).isZero();
            assertThat(result.errors())
                    .as("four connections with eight in flight")
                    .isEqualTo(32);
            assertThat(result.firstErrors()).contains("no reply for 50 ms");
        }
    }

    @Test
    void shouldReportTheReasonOfAClose(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.CLOSE)) {
            LoadPlan plan = Plans.counted(server.port(), Load.SET, 100);

            assertThatThrownBy(() -> LoadGenerator.run(plan, BenchProgress.NONE))
                    .isInstanceOf(BenchException.class)
                    .hasMessageEndingWith("closed a connection: 1001 shutting down");
        }
    }

    @Test
    void shouldReportTheFiguresUntilTheServerStops(Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(vertx)) {
            LoadPlan plan = Plans.counted(server.port(), Load.SET, 1_000_000_000_000L);

            LoadResult result = LoadGenerator.run(plan, (step, done, requests) -> {
                if (requests > 0) {
                    server.server().drain();
                }
            });

            assertThat(result.requests()).isPositive();
            assertThat(result.requestsPerSecond()).isPositive();
            assertThat(result.errors()).isEqualTo(1);
            assertThat(result.firstErrors().get(0)).startsWith("ended early: ").contains("closed a connection: 1001");
        }
    }

    @Test
    void shouldEndItsSessionsAfterAFailure(Vertx vertx) throws Exception {
        try (StubServer server = StubServer.start(vertx, StubServer.Manner.CLOSE)) {
            LoadPlan plan = Plans.counted(server.port(), Load.GET, 100);

            assertThatThrownBy(() -> LoadGenerator.run(plan, BenchProgress.NONE))
                    .isInstanceOf(BenchException.class)
                    .hasNoSuppressedExceptions();
            assertThat(server.sessionsEnded()).isEqualTo(plan.sessions());
        }
    }

    @Test
    void shouldMeasureAnEchoAsSuch(Vertx vertx) throws Exception {
        EchoServer server = new EchoServer(0);
        Await.result(vertx.deployVerticle(server));

        LoadResult small = LoadGenerator.run(Plans.counted(server.actualPort(), Load.ECHO, 1_000), BenchProgress.NONE);
        LoadResult large = LoadGenerator.run(
                Plans.shaped(server.actualPort(), Load.ECHO, 4, 16, 2, 4, 300_000), BenchProgress.NONE);

        assertThat(small.errors()).isZero();
        assertThat(large.errors()).isZero();
        assertThat(large.requests()).isEqualTo(500);
    }
}
