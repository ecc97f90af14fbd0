package dev.tessera.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.config.Configuration;
import dev.tessera.config.JournalMode;
import dev.tessera.config.Settings;
import dev.tessera.impl.server.ServerOptions;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.MutableClock;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Restarts of a server on its data directory. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
class ServerJournalTest {

    private static final Pattern TOKEN = Pattern.compile("\"tkn\":(\\d+)");

    @TempDir
    Path directory;

    @Test
    void shouldFindSessionsAndTheirKeysInOrderThoughLoopsAndPartitionsAreOthers(Vertx vertx) throws Exception {
        String token;
        try (TestServer server = TestServer.start(vertx, configuration().with(Settings.EVENT_LOOPS, 1));
                TextSocket socket = server.connect()) {
            token = make(socket, """
                    "name":"basket","shared":true""");
            socket.ask("""
                    {"KV_SET":{"tkn":%s\
                    ,"keys":{"z":1.0,"a":{"b":[1e400]},"\\u00e9":"x","gone":1}}}""".formatted(token));
            socket.ask("""
                    {"KV_RMV":{"tkn":%s,"keys":["gone"]}}""".formatted(token));
        }
        try (TestServer server = TestServer.start(
                        vertx, configuration().with(Settings.EVENT_LOOPS, 3).with(Settings.PARTITIONS, 7));
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_OPEN":{"name":"basket"}}""")).contains("\"tkn\":" + token);
            assertThat(socket.ask("""
                    {"KV_KEYS":{"tkn":%s}}""".formatted(token))).contains("""
                    "keys":["z","a","é"]""");
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["z","a"]}}""".formatted(token))).contains("""
                            {"z":1.0,"a":{"b":[1e400]}}""");
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("""
                    "totalSessions":1,"totalKeys":3""");
        }
    }

    /** Each of these changes may make the largest value, and all of them arrive as one batch. */
    @Test
    void shouldRecordManyChangesInPlaceThatReserveMoreThanThePoolTogether(Vertx vertx) throws Exception {
        int count = 200;
        String token;
        try (TestServer server = TestServer.start(vertx, configuration().with(Settings.EVENT_LOOPS, 1));
                TextSocket socket = server.connect()) {
            token = make(socket, """
                    "name":"basket","shared":true""");
            for (int i = 0; i < count; i++) {
                socket.send("""
                        {"KV_INCR":{"tkn":%s,"keys":{"n":1}}}""".formatted(token));
                socket.send("""
                        {"KV_MERGE":{"tkn":%s,"keys":{"o":{"m%d":1}}}}""".formatted(token, i % 10));
                socket.send("""
                        {"KV_APPEND":{"tkn":%s,"keys":{"l":[%d]},"max":2}}""".formatted(token, i));
                socket.send("""
                        {"KV_PATCH":{"tkn":%s,"key":"l","ops":[{"op":"test","path":"/-0","value":%d}]}}""".formatted(token, i));
            }
            for (int i = 0; i < count; i++) {
                assertThat(socket.receive()).contains("\"n\":" + (i + 1) + "}");
                assertThat(socket.receive()).contains("\"o\":2");
                assertThat(socket.receive()).contains("\"l\":");
                assertThat(socket.receive()).contains("\"st\":5,");
            }
        }
        try (TestServer server = TestServer.start(vertx, configuration());
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["n","l","o"]}}""".formatted(token))).contains("""
                            {"n":200,"l":[198,199],"o":{"m0":1,""");
        }
    }

    @Test
    void shouldNoticeAJournalThatIsThereAndSwitchedOff() throws Exception {
        Configuration off = configuration().with(Settings.JOURNAL, Optional.of(JournalMode.OFF));
        assertThat(ignored(off)).isEmpty();

        Path left = Files.createDirectory(directory.resolve("journal"));

        assertThat(ignored(off)).contains(left);
        assertThat(ignored(configuration())).isEmpty();
        assertThat(ignored(Configuration.defaults())).isEmpty();
    }

    @Test
    void shouldFindGlobalKeysAfterAChangeOfPartitions(Vertx vertx) throws Exception {
        Configuration common = configuration().with(Settings.SESSIONS_ENABLED, false);
        try (TestServer server = TestServer.start(vertx, common);
                TextSocket socket = server.connect()) {
            socket.ask("""
                    {"KV_SET":{"keys":{"a":1,"b":2,"c":3,"d":4}}}""");
            socket.ask("""
                    {"KV_RMV":{"keys":["b"]}}""");
        }
        try (TestServer server = TestServer.start(vertx, common.with(Settings.PARTITIONS, 5));
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"KV_GET":{"keys":["a","b","c","d"]}}""")).contains("""
                            {"a":1,"b":null,"c":3,"d":4}""");
            socket.ask("""
                    {"KV_CLEAR_SET":{"keys":{"e":5}}}""");
        }
        try (TestServer server = TestServer.start(vertx, common);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"KV_COUNT\":{}}")).contains("\"cnt\":1");
        }
    }

    @Test
    void shouldExpireASessionWhoseTimePassedMeanwhile(Vertx vertx) throws Exception {
        String deleted;
        String emptied;
        String alive;
        MutableClock clock = new MutableClock();
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            deleted = make(socket, """
                    "name":"a","expiry":{"duration":60,"deleteSession":true}""");
            emptied = make(socket, """
                    "name":"b","expiry":{"duration":60,"deleteSession":false}""");
            alive = make(socket, """
                    "name":"c","expiry":{"duration":120,"deleteSession":true}""");
            socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"k":1}}}""".formatted(emptied));
            clock.advance(Duration.ofSeconds(50));
            // Reading the session moves its end.
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(alive))).contains("\"cnt\":0");
        }
        clock.advance(Duration.ofSeconds(30));
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":%s}}""".formatted(alive))).contains("\"remaining\":90");
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":%s}}""".formatted(emptied)))
                    .contains("\"keyCnt\":0")
                    .contains("\"remaining\":40");
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":%s}}""".formatted(deleted))).contains("\"st\":100");
        }
    }

    @Test
    void shouldMakeDirectoriesAndFilesForItsOwnerAlone(Vertx vertx) throws Exception {
        Path data = directory.resolve("data");
        Path saves = Files.createDirectory(directory.resolve("saves"));
        Configuration configuration = configuration()
                .with(Settings.DATA_DIR, Optional.of(data))
                .with(Settings.SAVE_ENABLED, true)
                .with(Settings.SAVE_PATH, Optional.of(saves));
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            make(socket, "\"name\":\"a\"");
            socket.send("""
                    {"SH_SAVE":{"name":"nightly"}}""");
            assertThat(socket.receive()).contains("\"st\":120");
            assertThat(socket.receive()).contains("\"st\":121");

            for (Path root : List.of(data, saves.resolve("nightly"))) {
                try (Stream<Path> all = Files.walk(root)) {
                    assertThat(all)
                            .hasSizeGreaterThan(4)
                            .allSatisfy(path -> assertThat(
                                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                    .as(path.toString())
                                    .endsWith("------"));
                }
            }
        }
    }

    /** NTP, an operator or a restored machine sets the wall clock while the server runs. */
    @Test
    void shouldKeepSessionsAndTheirTimeThoughTheWallClockJumps(Vertx vertx) throws Exception {
        MutableClock clock = new MutableClock();
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            String token = make(socket, """
                    "name":"a","expiry":{"duration":600,"deleteSession":true}""");
            for (Duration jump : List.of(Duration.ofHours(-1), Duration.ofDays(366), Duration.ofDays(-730))) {
                clock.setForward(jump);
                clock.advance(Duration.ofSeconds(10));
                assertThat(remaining(socket, token)).isBetween(589L, 591L);
                use(socket, token);
                assertThat(remaining(socket, token)).isEqualTo(600);
            }
            clock.advance(Duration.ofSeconds(590));
            assertThat(remaining(socket, token)).isBetween(7L, 13L);
            clock.advance(Duration.ofSeconds(14));
            assertThat(info(socket, token)).contains("\"st\":100");
        }
    }

    @Test
    void shouldContinueItsTimeAfterARestartUnderAClockThatWasSetBack(Vertx vertx) throws Exception {
        MutableClock clock = new MutableClock();
        String token;
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            token = make(socket, """
                    "name":"a","expiry":{"duration":600,"deleteSession":true}""");
        }
        clock.setForward(Duration.ofDays(-366));
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            assertThat(remaining(socket, token)).isEqualTo(600);
            clock.advance(Duration.ofMinutes(5));
            assertThat(remaining(socket, token)).isBetween(298L, 302L);
            use(socket, token);
        }
        // The clock is right again: the session was used a moment ago, and not a year.
        clock.setForward(Duration.ofDays(366));
        try (TestServer server = TestServer.start(vertx, configuration(), clock);
                TextSocket socket = server.connect()) {
            assertThat(remaining(socket, token)).isBetween(597L, 600L);
        }
    }

    private static void use(TextSocket socket, String token) throws Exception {
        assertThat(socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"k":1}}}""".formatted(token))).contains("\"k\":2");
    }

    private static long remaining(TextSocket socket, String token) throws Exception {
        String info = info(socket, token);
        Matcher matcher = Pattern.compile("\"remaining\":(\\d+)").matcher(info);
        assertThat(matcher.find()).as(info).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static String info(TextSocket socket, String token) throws Exception {
        return socket.ask("""
                {"SH_INFO":{"tkn":%s}}""".formatted(token));
    }

    @Test
    void shouldKeepNothingWithTheJournalOff(Vertx vertx) throws Exception {
        Configuration off = configuration().with(Settings.JOURNAL, Optional.of(JournalMode.OFF));
        try (TestServer server = TestServer.start(vertx, off);
                TextSocket socket = server.connect()) {
            make(socket, "\"name\":\"a\"");
        }
        try (TestServer server = TestServer.start(vertx, off);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"SH_INFO_ALL\":{}}")).contains("\"totalSessions\":0");
            assertThat(directory.resolve("journal")).doesNotExist();
        }
    }

    @Test
    void shouldRefuseADirectoryThatAnotherServerUses(Vertx vertx) throws Exception {
        Vertx other = Vertx.vertx();
        try (TestServer server = TestServer.start(vertx, configuration())) {
            Throwable failure = Await.failure(TesseraServer.start(other, configuration()));

            assertThat(failure)
                    .isInstanceOf(StartException.class)
                    .hasMessage("another server uses " + directory + ": stop it, or set dataDir to another directory");
            assertThat(server.port()).isPositive();
        } finally {
            Await.result(other.close());
        }
    }

    @Test
    void shouldLetGoOfTheDirectoryWhereTheStartFails(Vertx vertx) throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Await.failure(TesseraServer.start(vertx, configuration().with(Settings.PORT, holder.getLocalPort())));
        }
        TestServer.start(vertx, configuration()).close();
    }

    @Test
    @ExpectLog(from = Replay.class, message = "^Repairing")
    void shouldNameTheFileThatIsDamagedAndRepairItWhenAsked(Vertx vertx) throws Exception {
        String token;
        try (TestServer server = TestServer.start(vertx, configuration());
                TextSocket socket = server.connect()) {
            token = make(socket, "\"name\":\"a\"");
            for (int i = 0; i < 100; i++) {
                socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{"k%s":1}}}""".formatted(token, i));
            }
        }
        Path file = directory.resolve("journal/0000000001.log");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        Throwable failure = Await.failure(TesseraServer.start(vertx, configuration()));
        assertThat(failure)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("0000000001.log at byte ")
                .hasMessageContaining("--repair");

        TesseraServer repaired =
                Await.result(TesseraServer.start(vertx, configuration(), StartOptions.DEFAULT.withRepair(true)));
        try (TextSocket socket = TextSocket.connect(repaired.port())) {
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).containsPattern("\"cnt\":(99|100)");
        }
        Await.result(repaired.drain());
        try (TestServer server = TestServer.start(vertx, configuration());
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).containsPattern("\"cnt\":(99|100)");
        }
    }

    private Configuration configuration() {
        return Configuration.defaults()
                .with(Settings.PORT, 0)
                .with(Settings.MANAGEMENT_PORT, 0)
                .with(Settings.EVENT_LOOPS, 2)
                .with(Settings.DATA_DIR, Optional.of(directory))
                .with(Settings.STORAGE_SEGMENT_BYTES, 65_536)
                .with(Settings.STORAGE_RESERVE_BYTES, 4_194_304L);
    }

    private static String make(TextSocket socket, String parameters) throws Exception {
        String reply = socket.ask("{\"SH_NEW\":{" + parameters + "}}");
        Matcher matcher = TOKEN.matcher(reply);
        assertThat(matcher.find()).as(reply).isTrue();
        return matcher.group(1);
    }

    private static Optional<Path> ignored(Configuration configuration) {
        return ServerJournal.ignored(ServerOptions.of(configuration).journal());
    }
}
