package dev.tessera.impl.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tessera.impl.dataset.DatasetMessages;
import dev.tessera.impl.dataset.DatasetName;
import dev.tessera.testing.FreePort;
import dev.tessera.testing.Http;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerCommand;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves and loads of the real jar: with little memory, after a kill, without disk space, and at the start. */
@Tag(Layer.PROCESS)
class SaveProcessIT {

    private static final int EXIT_CODE_TERMINATED = 143;
    /** 2,000 keys of 100 kB. */
    private static final int KEYS = 2000;
    /** 1.5 times the size of the session: a second copy, or its text, would not fit. */
    private static final String[] LITTLE_MEMORY = {"-Xmx320m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"};
    /** The session takes more than half of that, which is the default. */
    private static final String DATA_LIMIT = "TESSERA_LIMITS_MAX_DATA_BYTES";

    private static final String DATA_BYTES = "230000000";

    @TempDir
    Path saves;

    @Test
    void shouldSaveAHugeSessionInLittleMemoryAndLoadItAfterAKillDuringTheNextSave() throws Exception {
        String token;
        try (ServerProcess server = saving().jvm(LITTLE_MEMORY)
                        .env(DATA_LIMIT, DATA_BYTES)
                        .start()
                        .awaitReady();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = SaveAndLoadTest.fill(socket, KEYS);
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"huge"}}""")).contains("\"st\":120,");
            assertThat(socket.receive()).contains("\"st\":121,");

            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"huge"}}""")).contains("\"st\":120,");
            server.kill();
        }
        assertThat(statuses("huge")).containsExactly("\"status\":1", "\"status\":0");

        try (ServerProcess server = saving("--load-name", "huge")
                        .jvm(LITTLE_MEMORY)
                        .env(DATA_LIMIT, DATA_BYTES)
                        .start()
                        .awaitReady();
                TextSocket socket = TextSocket.connect(server.port())) {
            server.awaitOutput("Loaded 'huge' in \\d+ ms: 21 sessions, 2000 keys, 200\\.\\d MB");
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":%s}}""".formatted(token))).contains("\"keyCnt\":2000,");
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"huge"}}""")).contains("\"st\":120,");
            assertThat(socket.receive()).contains("\"st\":121,");
        }
    }

    @Test
    void shouldFailIfAFileCannotGrowAndKeepTheSaveBefore() throws Exception {
        // In blocks of 512 or 1024 bytes, depending on the shell. A write beyond the limit fails as on a full disk.
        String line = "ulimit -f 2000 && exec java -jar '" + ServerProcess.jar() + "'";
        try (ServerProcess server = saving().startShell(line).awaitReady();
                TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(socket.ask("""
                    {"SH_NEW":{"name":"small"}}""")).contains("\"st\":1,");
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"full"}}""")).contains("\"st\":120,");
            assertThat(socket.receive()).contains("\"st\":121,");
            SaveAndLoadTest.fill(socket, 30);
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"full"}}""")).contains("\"st\":120,");
            assertThat(socket.receive()).startsWith("""
                            {"SH_SAVE_RSP":{"st":123,"tkn":null,"m":"cannot write full/""").endsWith("/data/0: File too large\"}}");
            server.awaitOutput("WARN .* Saving 'full' failed: cannot write full/.*: File too large");

            assertThat(statuses("full")).containsExactly("\"status\":1", "\"status\":2");
            socket.ask("{\"SH_END_ALL\":{}}");
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"full"}}""")).contains("\"st\":141,", "\"sessions\":1,");
        }
    }

    @Test
    void shouldReportThatItStartsAndStopAtOnceWhileItLoads() throws Exception {
        writeSessions("many", 1_000_000);
        int port = FreePort.find();
        int managementPort = FreePort.find();
        try (ServerProcess server = saving("--load-name", "many")
                .env("TESSERA_PORT", Integer.toString(port))
                .env("TESSERA_MANAGEMENT_PORT", Integer.toString(managementPort))
                .start()) {
            assertThat(awaitAnswer(managementPort)).isEqualTo("""
                    {"status":"unready","reason":"starting"}""");
            assertThatThrownBy(() -> Http.get(port, "/")).isInstanceOf(ConnectException.class);

            assertThat(server.terminate().awaitExit()).isEqualTo(EXIT_CODE_TERMINATED);
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void shouldServeASaveFromAnotherDirectory() throws Exception {
        // Named like a command of the program.
        writeSessions("bench", 1000);
        try (ServerProcess server = ServerProcess.start("--load-name", "bench", "--load-path=" + saves);
                TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).isEqualTo("""
                            {"SH_INFO_ALL_RSP":{"st":1,"totalSessions":1000,"totalKeys":1000}}""");
            assertThat(Http.get(server.managementPort(), "/metrics").body())
                    .contains(
                            "\ntessera_loads_complete_total 1.0\n",
                            "\ntessera_load_sessions_total 1000.0\n",
                            "\ntessera_load_keys_total 1000.0\n",
                            "\ntessera_saves_complete_total 0.0\n");
        }
    }

    @Test
    void shouldNotStartWithoutItsSave() throws Exception {
        assertFailure(
                saving("--load-name", "none"),
                1,
                "tessera: cannot load 'none' from " + saves + ": " + DatasetMessages.NO_SAVE
                        + "; repair or remove that save, or start without load.name");
        SaveServer.write(saves, "damaged", """
                [{"sh":{"tkn":1},"keys":{"a":}}]""".getBytes(UTF_8));
        assertFailure(
                saving("--load-name", "damaged"),
                1,
                "tessera: cannot load 'damaged' from " + saves
                        + ": " + DatasetMessages.damaged(Path.of("damaged/1000/data/0"), "expected a value", 29)
                        + "; repair or "
                        + "remove that save, or start without"
                        + " load.name");
        assertFailure(
                saving("--load-name", ".."),
                1,
                "tessera: cannot load '..' from " + saves
                        + ": the name " + DatasetName.NOT_OWN
                        + "; repair or remove that save, or start without load.name");
        assertFailure(
                ServerProcess.command("--load-name", "some"),
                2,
                "tessera: --load-name: load.name needs a load.path or save.path to"
                        + " read from, but load.name=\"some\" and load.path=null");
        assertFailure(
                saving("--load-name", "some").env("TESSERA_SESSIONS_ENABLED", "false"),
                2,
                "tessera: --load-name: load.name needs"
                        + " sessions, because a save consists of them, but load.name=\"some\" and "
                        + "sessions.enabled=false");
    }

    @Test
    void shouldNotStartIfItCannotWriteSaves() throws Exception {
        Path none = saves.resolve("none");
        assertFailure(
                ServerProcess.command().env("TESSERA_SAVE_ENABLED", "true").env("TESSERA_SAVE_PATH", none.toString()),
                1,
                "tessera: save.path: " + none
                        + " is not a directory that this process may write to (NoSuchFileException); create it, or set"
                        + " save.enabled to false");
        assertFailure(
                ServerProcess.command().env("TESSERA_SAVE_ENABLED", "true"),
                2,
                "tessera: environment variable"
                        + " TESSERA_SAVE_ENABLED: save.enabled needs a save.path to write to, but "
                        + "save.enabled=true and save.path=null");
        try (ServerProcess server = ServerProcess.command()
                .env("TESSERA_SAVE_PATH", none.toString())
                .start()
                .awaitReady()) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    private ServerCommand saving(String... args) {
        return ServerProcess.command(args)
                .env("TESSERA_SAVE_ENABLED", "true")
                .env("TESSERA_SAVE_PATH", saves.toString());
    }

    private static void assertFailure(ServerCommand command, int exitCode, String line) throws Exception {
        try (ServerProcess server = command.start()) {
            assertThat(server.awaitExit()).isEqualTo(exitCode);
            assertThat(server.errors()).containsExactly(line);
            assertThat(server.output()).isEmpty();
        }
    }

    /** Returns the statuses of all saves of a name, the oldest first. */
    private List<String> statuses(String name) throws Exception {
        try (Stream<Path> all = Files.list(saves.resolve(name))) {
            return all.sorted()
                    .map(save -> {
                        try {
                            return Files.readString(save.resolve("md/md.json"))
                                    .replaceAll(".*(\"status\":\\d).*", "$1");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private void writeSessions(String name, int count) throws Exception {
        SaveServer.write(saves, name);
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(saves.resolve(name).resolve("1000/data/0")))) {
            for (int i = 1; i <= count; i++) {
                out.write(("""
                        %s{"sh":{"tkn":%s""".formatted((i == 1 ? "[" : ","), i)
                                + ",\"shared\":false,\"name\":\"n\",\"expiry\":{\"duration\":0,"
                                + "\"deleteSession\":false}},\"keys\":{\"key\":\"value\"}}")
                        .getBytes(UTF_8));
            }
            out.write(']');
        }
    }

    /** Returns the first answer of /readyz. */
    private static String awaitAnswer(int managementPort) throws Exception {
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        while (true) {
            try {
                return Http.get(managementPort, "/readyz").body();
            } catch (ConnectException e) {
                assertThat(System.nanoTime()).isLessThan(deadlineNs);
                Thread.onSpinWait();
            }
        }
    }
}
