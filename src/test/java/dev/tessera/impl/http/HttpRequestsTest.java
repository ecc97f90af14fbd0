package dev.tessera.impl.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests as bytes on a socket, on both ports. None of them writes to the log. */
@Tag(Layer.COMPONENT)
class HttpRequestsTest {

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static Vertx vertx;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        LOG.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(LOG);
        vertx = Vertx.vertx();
        server = TestServer.start(vertx, Configuration.defaults().with(Settings.EVENT_LOOPS, 1));
    }

    @AfterEach
    void logsNothing() {
        assertThat(LOG.list).isEmpty();
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(LOG);
        server.close();
        vertx.close();
    }

    static List<RequestCase> requests() throws IOException {
        return RequestCase.read("requests.cases");
    }

    static List<RequestCase> bodies() throws IOException {
        return RequestCase.read("bodies.cases");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldAnswerClients(RequestCase one) throws IOException {
        assertThat(one.answersOf(server.port(), "/openapi.json")).isEqualTo(one.answers());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldAnswerOperators(RequestCase one) throws IOException {
        assertThat(one.answersOf(server.server().managementPort(), "/readyz")).isEqualTo(one.answers());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldReadBodiesOfCommands(RequestCase one) throws IOException {
        assertThat(one.answersOf(server.port(), "/openapi.json")).isEqualTo(one.answers());
    }
}
