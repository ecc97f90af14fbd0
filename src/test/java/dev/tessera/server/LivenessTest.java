package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The management endpoints of a server whose event loops stand still. */
@Tag(Layer.COMPONENT)
@ExpectLog(logger = "io.vertx.core.impl.BlockedThreadChecker", message = "blocked")
@ExpectLog(logger = "dev.tessera.impl.management.ManagementServer", level = Level.ERROR, message = "stands still")
class LivenessTest {

    private static final int LOOPS = 2;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final CountDownLatch release = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, LOOPS)
                        .with(Settings.HEALTH_STALL, Duration.ofSeconds(2)));
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        // Closes the Vert.x without the server, as a program that embeds it may.
        Await.result(vertx.close());
    }

    @Test
    void shouldAnswerWhileAllEventLoopsStandStillAndReportItAfterATime() throws Exception {
        int port = server.server().managementPort();
        blockAllLoops();

        assertThat(Http.get(port, "/livez").statusCode()).isEqualTo(200);
        assertThat(Http.get(port, "/readyz").statusCode()).isEqualTo(200);
        assertThat(Http.get(port, "/metrics").body()).contains("tessera_event_loop_stall_seconds ");
        Await.until(() -> Http.get(port, "/livez").statusCode() == 503);
        assertThat(Http.get(port, "/livez").body()).contains("event loop ", " has run no task for ");

        release.countDown();
        Await.until(() -> Http.get(port, "/livez").statusCode() == 200);
    }

    @Test
    void shouldEndTheEndpointsWithTheVertxOfTheCaller() throws Exception {
        int port = server.server().managementPort();

        Await.result(vertx.close());

        Await.until(() -> !answers(port));
    }

    private static boolean answers(int port) throws InterruptedException {
        try {
            return Http.get(port, "/livez").statusCode() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void blockAllLoops() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(LOOPS);
        List<Context> contexts =
                IntStream.range(0, LOOPS).mapToObj(i -> contextOfAnyLoop()).toList();
        contexts.forEach(context -> context.runOnContext(now -> {
            blocked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        blocked.await();
    }

    /** Returns a context; Vert.x gives each verticle the next loop. */
    private Context contextOfAnyLoop() {
        Context[] found = new Context[1];
        try {
            Await.result(vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    found[0] = context;
                    return Future.succeededFuture();
                }
            }));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return found[0];
    }
}
