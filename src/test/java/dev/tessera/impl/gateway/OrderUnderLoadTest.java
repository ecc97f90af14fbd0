package dev.tessera.impl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several gateways and stores on their own loops, and many commands in flight. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class OrderUnderLoadTest {

    private static final int LOOPS = 4;
    private static final int CONNECTIONS = 8;
    private static final int SESSIONS = 6;
    private static final int COMMANDS = 4000;

    private final long seed = new Random().nextLong();

    @ParameterizedTest(name = "websocket.ownCodec = {0}")
    @ValueSource(booleans = {true, false})
    void shouldKeepTheOrderOfEveryTokenAndOfEveryConnection(boolean ownCodec, Vertx vertx) throws Exception {
        try (TestServer server = TestServer.start(
                vertx,
                Configuration.defaults()
                        .with(Settings.EVENT_LOOPS, LOOPS)
                        .with(Settings.WEBSOCKET_OWN_CODEC, ownCodec))) {
            String common = token(server);
            onEveryConnection(connection -> talk(server, connection, common));
            try (TextSocket socket = server.connect()) {
                StringBuilder counts = new StringBuilder();
                for (int connection = 0; connection < CONNECTIONS; connection++) {
                    counts.append(connection == 0 ? "" : ",")
                            .append("\"c")
                            .append(connection)
                            .append("\":")
                            .append(COMMANDS - 1);
                }
                String names = counts.toString().replaceAll(":\\d+", "");
                assertThat(socket.ask("""
                        {"KV_GET":{"tkn":%s,"keys":[%s]}}""".formatted(common, names))).isEqualTo("""
                                {"KV_GET_RSP":{"tkn":%s,"keys":{%s}}}""".formatted(common, counts));
                assertThat(socket.ask("{\"SH_INFO_ALL\":{}}"))
                        .isEqualTo("""
                                {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":%s,"totalKeys":%s}}""".formatted((CONNECTIONS * SESSIONS + 1), (CONNECTIONS * SESSIONS + CONNECTIONS)));
            }
        }
    }

    /** Sends all commands without waiting, then compares every answer, in order, with the prediction of a map. */
    private void talk(TestServer server, int connection, String common) throws Exception {
        Random random = new Random(seed + connection);
        List<String> expected = new ArrayList<>();
        try (TextSocket socket = server.connect()) {
            String[] tokens = new String[SESSIONS];
            int[] values = new int[SESSIONS];
            for (int i = 0; i < SESSIONS; i++) {
                tokens[i] = socket.ask("""
                        {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
                socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"k":0}}}""".formatted(tokens[i]));
            }
            for (int n = 0; n < COMMANDS; n++) {
                int i = random.nextInt(SESSIONS);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        values[i] = n;
                        socket.send("""
                                {"KV_SETQ":{"tkn":%s,"keys":{"k":%s}}}""".formatted(tokens[i], n));
                    }
                    case 1 -> {
                        socket.send("""
                                {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(tokens[i], n));
                        values[i] = n;
                        expected.add("""
                                {"KV_SET_RSP":{"tkn":%s,"keys":{"k":21}}}""".formatted(tokens[i]));
                    }
                    case 2 -> {
                        socket.send("""
                                {"KV_GET":{"tkn":%s,"keys":["k"]}}""".formatted(tokens[i]));
                        expected.add("""
                                {"KV_GET_RSP":{"tkn":%s,"keys":{"k":%s}}}""".formatted(tokens[i], values[i]));
                    }
                    default -> {
                        socket.send("{\"KV_" + n + "\":{}}");
                        expected.add("""
                                {"KV_%s_RSP":{"st":10,"tkn":null,"m":"%s"}}""".formatted(n, Messages.UNKNOWN_COMMAND));
                    }
                }
                socket.send("""
                        {"KV_SETQ":{"tkn":%s,"keys":{"c%s":%s}}}""".formatted(common, connection, n));
            }
            socket.send("""
                    {"SH_EXISTS":{"tkns":[%s]}}""".formatted(String.join(",", tokens)));
            expected.add("""
                    {"SH_EXISTS_RSP":{"st":1,"exist":[%s],"notExist":[]}}""".formatted(String.join(",", tokens)));
            for (String answer : expected) {
                assertThat(socket.receive())
                        .as("seed %d, connection %d", seed, connection)
                        .isEqualTo(answer);
            }
        }
    }

    private static String token(TestServer server) throws Exception {
        try (TextSocket socket = server.connect()) {
            return socket.ask("""
                    {"SH_NEW":{"name":"common"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
        }
    }

    private interface Talk {
        void over(int connection) throws Exception;
    }

    private static void onEveryConnection(Talk talk) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                running.add(threads.submit(() -> {
                    talk.over(connection);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
