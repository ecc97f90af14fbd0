package dev.tessera.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.Version;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a process that runs the real jar, from its start to SIGTERM. */
@Tag(Layer.PROCESS)
class ServeIT {

    /** The exit code of a JVM after SIGTERM: 128 + 15. */
    private static final int EXIT_CODE_TERMINATED = 143;

    @TempDir
    Path directory;

    @Test
    void shouldPrintVersionAndHelp() throws Exception {
        try (ServerProcess version = ServerProcess.command("--version").start();
                ServerProcess help = ServerProcess.command("--help").start()) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.output()).containsExactly("tessera " + Version.current());
            assertThat(help.awaitExit()).isZero();
            assertThat(help.output()).first().asString().startsWith("Usage: tessera");
            assertThat(help.errors()).isEmpty();
        }
    }

    @Test
    void shouldBeginItsLogWithVersionAddressModeAndLimits() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            server.awaitOutput("Limits: ");

            assertThat(server.output().get(0))
                    .contains(
                            "Tessera " + Version.current(),
                            System.getProperty("java.version"),
                            "configuration from TESSERA_MANAGEMENT_PORT, TESSERA_PORT");
            assertThat(server.output().get(1))
                    .contains("Listening on ws://127.0.0.1:" + server.port() + ", management on http://127.0.0.1:"
                            + server.managementPort());
            assertThat(server.output().get(2)).contains("Mode: one node, ", " event loops, 271 partitions");
            assertThat(server.output().get(3))
                    .contains(
                            "maxPayloadBytes=1048576,",
                            "maxUnsentBytes=67108864 per connection,",
                            "maxConnections=10000 connections");
            assertThat(server.output())
                    .allSatisfy(line -> assertThat(line)
                            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"
                                    + "(Z|[+-]\\d\\d:\\d\\d) INFO  dev\\.tessera\\..* - .*"));
        }
    }

    @Test
    void shouldNotMakeTheJvmWarn() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            Http.get(server.port(), "/");
            server.terminate().awaitExit();

            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void shouldAnswerProbesWhileItServes() throws Exception {
        try (ServerProcess server = ServerProcess.start("serve")) {
            assertThat(Http.get(server.managementPort(), "/livez").statusCode()).isEqualTo(200);
            assertThat(Http.get(server.managementPort(), "/readyz").statusCode())
                    .isEqualTo(200);
            assertThat(Http.get(server.port(), "/").statusCode()).isEqualTo(426);
        }
    }

    @Test
    void shouldDrainAndEndOnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            int port = server.port();

            assertThat(server.terminate().awaitExit()).isEqualTo(EXIT_CODE_TERMINATED);
            assertThat(server.output()).last().asString().endsWith("Stopped");
            assertThat(server.errors()).isEmpty();
            assertThatThrownBy(() -> Http.get(port, "/")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldIgnoreSighup() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            server.signal("HUP");

            server.awaitOutput("Ignoring SIGHUP: ");
            assertThat(Http.get(server.managementPort(), "/readyz").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldTakeAFormerFlagWithAWarning() throws Exception {
        try (ServerProcess server = ServerProcess.command("--loadName", "none", "--load-path", directory.toString())
                .start()) {
            server.awaitOutput("--loadName is an old name; use --load-name");
            assertThat(server.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void shouldStartAgainOnItsPortAfterItWasKilled() throws Exception {
        try (ServerProcess killed = ServerProcess.start()) {
            String port = Integer.toString(killed.port());
            killed.kill();

            try (ServerProcess next = ServerProcess.start("--port", port)) {
                assertThat(Integer.toString(next.port())).isEqualTo(port);
            }
        }
    }

    @Test
    void shouldLetFlagsOverrideTheEnvironmentAndTheEnvironmentTheFile() throws Exception {
        Files.createDirectory(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf/tessera.json"), """
                        {"host": "192.0.2.1", "partitions": 7, "eventLoops": 3, "limits": {"maxDepth": 99}}""");

        try (ServerProcess server = ServerProcess.command("--host", "127.0.0.1")
                .in(directory)
                .env("TESSERA_HOST", "192.0.2.2")
                .env("TESSERA_PARTITIONS", "8")
                .start()
                .awaitReady()) {
            server.awaitOutput("configuration from conf/tessera.json, TESSERA_HOST, .*TESSERA_PARTITIONS, .*--host$");
            server.awaitOutput("3 event loops, 8 partitions");
            server.awaitOutput("maxDepth=99 levels");
        }
    }

    @Test
    void shouldLogNoMoreThanTheLevelAllows() throws Exception {
        try (ServerProcess server =
                ServerProcess.command().env("TESSERA_LOG_LEVEL", "debug").start()) {
            server.awaitOutput(" DEBUG ");
        }
    }

    @Test
    void shouldSendOwedRepliesAndCloseWith1001OnSigterm() throws Exception {
        try (ServerProcess server = ServerProcess.start();
                TextSocket socket = TextSocket.connect(server.port())) {
            for (int i = 0; i < 100; i++) {
                socket.send("""
                        {"SH_NEW":{"name":"n"}}""");
            }
            assertThat(socket.receive()).startsWith("""
                    {"SH_NEW_RSP":{"st":1,""");
            server.terminate();

            String event = socket.receive();
            while (event.startsWith("""
                    {"SH_NEW_RSP":{"st":1,""")) {
                event = socket.receive();
            }
            assertThat(event).isEqualTo("close 1001");
            assertThat(server.awaitExit()).isEqualTo(EXIT_CODE_TERMINATED);
        }
    }

    @Test
    void shouldGiveASharedSessionTheSameTokenAfterARestart() throws Exception {
        String made = tokenOfTheLobby();

        assertThat(tokenOfTheLobby()).isEqualTo(made);
    }

    /** Makes the session without a journal, which would keep it. */
    private String tokenOfTheLobby() throws Exception {
        try (ServerProcess server = ServerProcess.start("--data-dir", directory.toString(), "--journal", "off");
                TextSocket socket = TextSocket.connect(server.port())) {
            return socket.ask("""
                    {"SH_NEW":{"name":"lobby","shared":true}}""");
        }
    }
}
