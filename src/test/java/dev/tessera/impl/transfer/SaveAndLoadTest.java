package dev.tessera.impl.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.client.SessionTotals;
import dev.tessera.client.TesseraClient;
import dev.tessera.client.TesseraException;
import dev.tessera.client.TesseraSession;
import dev.tessera.config.Configuration;
import dev.tessera.config.Settings;
import dev.tessera.impl.dataset.DatasetMessages;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import dev.tessera.testing.Await;
import dev.tessera.testing.ExpectLog;
import dev.tessera.testing.Layer;
import dev.tessera.testing.TestServer;
import dev.tessera.testing.TextSocket;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Saves and loads on real servers and disks, with other commands at the same time. */
@Tag(Layer.COMPONENT)
@ExtendWith(VertxExtension.class)
@ExpectLog(from = TransferVerticle.class, message = "^Loading '.*' failed")
@ExpectLog(from = Transfers.class, message = "^Saving '.*' failed")
@ExpectLog(from = Transfers.class, message = "shared sessions of .* come from a server with another secret")
class SaveAndLoadTest {

    private static final Pattern TOTALS = Pattern.compile("""
            "totalSessions":(\\d+),"totalKeys":(\\d+)""");

    @TempDir
    Path saves;

    @Test
    void shouldLoadFilesOfTheReferenceImplementation(Vertx vertx) throws Exception {
        SaveServer.copy(Path.of("src/test/resources/dataset/reference"), saves.resolve("reference"));
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"reference"}}""")).isEqualTo("""
                            {"SH_LOAD_RSP":{"st":141,"name":"reference","sessions":2,"keys":4}}""");
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":15104217396711432137,"keys":["score","access"]}}"""))
                    .isEqualTo("{\"KV_GET_RSP\":{\"tkn\":15104217396711432137,\"keys\":{\"score\":12.50,"
                            + "\"access\":[{\"level\":1,\"permit\":\"read\"},{\"level\":3,\"permit\":\"write\"}]}}}");
            assertThat(socket.ask("""
                    {"SH_INFO":{"tkn":4021178311247839321}}"""))
                    .isEqualTo(
                            "{\"SH_INFO_RSP\":{\"st\":1,\"tkn\":4021178311247839321,\"shared\":true,\"keyCnt\":1,\"expires\":true,"
                                    + "\"expiry\":{\"duration\":3600,\"remaining\":3600,\"deleteSession\":true}}}");
        }
    }

    @Test
    @ExpectLog(from = Transfers.class, message = "^1 shared sessions of 'shop' come from a server with another secret")
    void shouldTellOperatorsThatSharedSessionsComeFromAnotherSecret(Vertx vertx) throws Exception {
        Configuration ours =
                SaveServer.configuration(saves).with(Settings.SESSIONS_SECRET, Optional.of("the secret of one server"));
        Configuration theirs = ours.with(Settings.SESSIONS_SECRET, Optional.of("the secret of another"));
        try (TestServer server = TestServer.start(vertx, ours);
                TextSocket socket = server.connect()) {
            socket.ask("""
                    {"SH_NEW":{"name":"lobby","shared":true}}""");
            socket.ask("""
                    {"SH_NEW":{"name":"alone","shared":false}}""");
            socket.send("""
                    {"SH_SAVE":{"name":"shop"}}""");
            assertThat(socket.receive()).contains("\"st\":120");
            assertThat(socket.receive()).contains("\"st\":121");
        }
        try (TestServer server = TestServer.start(vertx, theirs);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"shop"}}""")).contains("\"st\":141").contains("\"sessions\":2");
            assertThat(socket.ask("""
                    {"SH_OPEN":{"name":"lobby"}}""")).doesNotContain("\"st\":1,");
        }
    }

    @Test
    void shouldKeepTheEndsOfKeysAsInstants(Vertx vertx) throws Exception {
        String token;
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            token = socket.ask("""
                    {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
            socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"brief":1,"long":[2],"ever":3,"ended":4}}}""".formatted(token));
            socket.ask("""
                    {"KV_EXPIRE":{"tkn":%s,"keys":["brief","long","ended"],"ttl":{"brief":10,"long":100.5,"ended":1}}}""".formatted(token));
            server.clock().advance(Duration.ofSeconds(1));
            socket.send("""
                    {"SH_SAVE":{"name":"ends"}}""");
            assertThat(socket.receive()).contains("\"st\":120");
            assertThat(socket.receive()).contains("\"st\":121");

            socket.ask("{\"SH_END_ALL\":{}}");
            server.clock().advance(Duration.ofSeconds(8));
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"ends"}}""")).contains("\"st\":141").contains("\"keys\":3");
            assertThat(socket.ask("""
                    {"KV_TTL":{"tkn":%s,"keys":["brief","long","ever","ended"]}}""".formatted(token))).contains("""
                            "keys":{"brief":1,"long":92,"ever":0,"ended":null}""");

            socket.ask("{\"SH_END_ALL\":{}}");
            server.clock().advance(Duration.ofSeconds(1));
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"ends"}}""")).contains("\"st\":141").contains("\"keys\":2");
            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":%s,"keys":["brief","long","ever"]}}""".formatted(token))).contains("""
                            "keys":{"brief":null,"long":[2],"ever":3}""");
        }
    }

    @Test
    void shouldKeepTheEndsOfASessionOfManyChunks(Vertx vertx) throws Exception {
        int keys = 30_000;
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            String token = socket.ask("""
                    {"SH_NEW":{"name":"n"}}""").replaceAll(".*\"tkn\":(\\d+).*", "$1");
            for (int from = 0; from < keys; from += 1000) {
                StringBuilder set = new StringBuilder();
                StringBuilder names = new StringBuilder();
                for (int i = from; i < from + 1000; i++) {
                    set.append(i == from ? "" : ",").append("\"key%d\":%d".formatted(i, i));
                    names.append(i == from ? "" : ",").append("\"key%d\"".formatted(i));
                }
                socket.ask("""
                        {"KV_SET":{"tkn":%s,"keys":{%s}}}""".formatted(token, set));
                socket.ask("""
                        {"KV_EXPIRE":{"tkn":%s,"keys":[%s],"ttl":%d}}""".formatted(token, names, 1 + from / 1000));
            }
            socket.send("""
                    {"SH_SAVE":{"name":"large"}}""");
            assertThat(socket.receive()).contains("\"st\":120");
            assertThat(socket.receive()).contains("\"st\":121");
            socket.ask("{\"SH_END_ALL\":{}}");
            server.clock().advance(Duration.ofSeconds(10));

            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"large"}}""")).contains("\"keys\":20000}");
            assertThat(socket.ask("""
                    {"KV_TTL":{"tkn":%s,"keys":["key9999","key10000","key29999"]}}""".formatted(token))).contains("""
                            "keys":{"key9999":null,"key10000":1,"key29999":20}""");
            server.clock().advance(Duration.ofSeconds(10));
            assertThat(socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":10000");
        }
    }

    /** The reference numbers its saves by nanoseconds. */
    @Test
    void shouldLoadTheLaterSaveThoughAnEarlierOneIsNumberedByNanoseconds(Vertx vertx) throws Exception {
        SaveServer.copy(Path.of("src/test/resources/dataset/reference"), saves.resolve("reference"));
        Files.move(saves.resolve("reference/1718000000000"), saves.resolve("reference/1718000000000000000"));
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            socket.ask("""
                    {"SH_LOAD":{"name":"reference"}}""");
            socket.ask("""
                    {"KV_SET":{"tkn":15104217396711432137,"keys":{"score":99}}}""");
            socket.send("""
                    {"SH_SAVE":{"name":"reference"}}""");
            assertThat(socket.receive()).contains("\"st\":120");
            assertThat(socket.receive()).contains("\"st\":121");
            socket.ask("{\"SH_END_ALL\":{}}");

            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"reference"}}""")).contains("\"st\":141");

            assertThat(socket.ask("""
                    {"KV_GET":{"tkn":15104217396711432137,"keys":["score"]}}""")).contains("\"score\":99");
        }
    }

    /**
     * Truncates the file and damages bytes at all positions. The answer counts the sessions that exist, and a failure
     * names the file and the byte.
     */
    @Test
    void shouldCountTheLoadedSessionsOfADamagedSave(Vertx vertx) throws Exception {
        StringBuilder text = new StringBuilder("[");
        for (int i = 1; i <= 3; i++) {
            text.append(i == 1 ? "" : ",").append("""
                    {"sh":{"tkn":""").append(i).append("""
                            ,"shared":false},"keys":{"a":[1],"b":"x"}}""");
        }
        byte[] whole = text.append("]").toString().getBytes(UTF_8);
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            for (int i = 0; i < whole.length; i++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= 0x10;
                loadDamaged(socket, Arrays.copyOf(whole, i), true);
                loadDamaged(socket, flipped, false);
            }
        }
    }

    private void loadDamaged(TextSocket socket, byte[] second, boolean mustFail) throws Exception {
        byte[] first = """
                [{"sh":{"tkn":99},"keys":{"k":0}}]""".getBytes(UTF_8);
        SaveServer.write(saves, "damaged", first, second);
        String answer = socket.ask("""
                {"SH_LOAD":{"name":"damaged"}}""");
        Matcher totals = TOTALS.matcher(socket.ask("{\"SH_INFO_ALL\":{}}"));
        assertThat(totals.find()).isTrue();
        String counted = "\"sessions\":" + totals.group(1) + ",\"keys\":" + totals.group(2);
        if (answer.contains("\"st\":141")) {
            assertThat(mustFail).isFalse();
            assertThat(answer).contains(counted + "}}");
        } else {
            assertThat(answer)
                    .startsWith("""
                                    {"SH_LOAD_RSP":{"st":142,"tkn":null,"name":"damaged",%s,"m":\"""".formatted(counted))
                    .containsPattern("damaged/1000/data/1 is damaged or no save: .* at byte \\d+\"}}$");
        }
        socket.ask("{\"SH_END_ALL\":{}}");
    }

    @Test
    void shouldAnswerOthersWhileItSaves(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            String token = fill(socket, 300);
            socket.send("""
                    {"SH_SAVE":{"name":"large"}}""");
            assertThat(socket.receive()).isEqualTo("""
                    {"SH_SAVE_RSP":{"st":120,"name":"large"}}""");

            String answer = socket.ask("""
                    {"KV_COUNT":{"tkn":%s}}""".formatted(token));

            assertThat(answer).startsWith("{\"KV_COUNT_RSP\"");
            assertThat(socket.receive()).isEqualTo("""
                    {"SH_SAVE_RSP":{"st":121,"name":"large","duration":0}}""");
        }
    }

    /** A save contains the values that its connection has stored before. */
    @Test
    void shouldSaveTheValuesOfEarlierCommands(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            for (int i = 0; i < 50; i++) {
                socket.send("""
                        {"SH_NEW":{"name":"n"}}""");
            }
            socket.send("""
                    {"SH_SAVE":{"name":"fifty"}}""");
            String answer = socket.receive();
            while (!answer.contains("\"st\":121")) {
                answer = socket.receive();
            }
            socket.ask("{\"SH_END_ALL\":{}}");

            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"fifty"}}""")).contains("\"sessions\":50,");
        }
    }

    @Test
    void shouldShowWholeSessionsWhileItLoads(Vertx vertx) throws Exception {
        int sessions = 100_000;
        StringBuilder text = new StringBuilder("[");
        for (int i = 1; i <= sessions; i++) {
            text.append(i == 1 ? "" : ",").append("""
                    {"sh":{"tkn":""").append(i).append("""
                            },"keys":{"a":1,"b":2}}""");
        }
        SaveServer.write(saves, "many", text.append("]").toString().getBytes(UTF_8));
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket loading = server.connect();
                TextSocket looking = server.connect()) {
            loading.send("""
                    {"SH_LOAD":{"name":"many"}}""");
            long seen = 0;
            boolean between = false;
            while (seen < sessions) {
                Matcher totals = TOTALS.matcher(looking.ask("{\"SH_INFO_ALL\":{}}"));
                assertThat(totals.find()).isTrue();
                seen = Long.parseLong(totals.group(1));
                between |= seen > 0 && seen < sessions;
                assertThat(Long.parseLong(totals.group(2))).isEqualTo(2 * seen);
            }
            assertThat(between).isTrue();
            assertThat(loading.receive()).isEqualTo("""
                            {"SH_LOAD_RSP":{"st":141,"name":"many","sessions":100000,"keys":200000}}""");
            Await.result(server.server().drain());
        }
    }

    @Test
    void shouldDoOneSaveAndOneLoadAfterTheOther(Vertx vertx) throws Exception {
        SaveServer.write(saves, "one", """
                [{"sh":{"tkn":1},"keys":{}}]""".getBytes(UTF_8));
        try (TestServer server = SaveServer.start(vertx, saves)) {
            assertThat(post(server, """
                    [{"SH_SAVE":{"name":"a"}},{"SH_SAVE":{"name":"b"}}]""").body())
                    .isEqualTo(
                            "[{\"SH_SAVE_RSP\":{\"st\":121,\"name\":\"a\",\"duration\":0}},{\"SH_SAVE_RSP\":{\"st\":121,\"name\":\"b\","
                                    + "\"duration\":0}}]");
            assertThat(post(server, """
                    [{"SH_LOAD":{"name":"one"}},{"SH_LOAD":{"name":"one"}}]""").body())
                    .isEqualTo(
                            "[{\"SH_LOAD_RSP\":{\"st\":141,\"name\":\"one\",\"sessions\":1,\"keys\":0}},{\"SH_LOAD_RSP\":{\"st\":141,"
                                    + "\"name\":\"one\",\"sessions\":0,\"keys\":0}}]");
        }
    }

    @Test
    void shouldRefuseTheNewestIfTooManySavesWait(Vertx vertx) throws Exception {
        try (TestServer server =
                TestServer.start(vertx, SaveServer.configuration(saves).with(Settings.SAVE_MAX_WAITING, 2))) {
            assertThat(post(server, """
                    [{"SH_SAVE":{"name":"a"}},{"SH_SAVE":{"name":"b"}},{"SH_SAVE":{"name":"c"}}]""").body()).contains("""
                            {"st":121,"name":"a",""", """
                            {"st":121,"name":"b",""", """
                            {"st":202,"tkn":null,"m":"%s"}""".formatted(TransferMessages.TOO_MANY_WAITING));
        }
    }

    @Test
    void shouldReportFailuresToHttpClientsByTheStatus(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves)) {
            assertThat(post(server, """
                    {"SH_SAVE":{"name":"a"}}""").statusCode()).isEqualTo(200);
            assertThat(post(server, """
                    {"SH_LOAD":{"name":"none"}}""").statusCode()).isEqualTo(500);
            Files.writeString(saves.resolve("file"), "");
            HttpResponse<String> response = post(server, """
                    {"SH_SAVE":{"name":"file"}}""");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("""
                            {"SH_SAVE_RSP":{"st":122,"tkn":null,"m":"%s"}}""".formatted(DatasetMessages.nameTaken(Path.of("file"))));
        }
    }

    @Test
    void shouldSaveAndLoadFromJava(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves)) {
            TesseraClient tessera = TesseraClient.create(server.vertx());
            TesseraSession one = Await.result(tessera.newSession("one"));
            TesseraSession other = Await.result(tessera.newSession("other"));
            Await.result(one.set(Map.of("a", 1, "b", 2)));

            assertThat(Await.result(tessera.save("all"))).isZero();
            assertThat(Await.result(tessera.save("some", List.of(other.token()))))
                    .isZero();
            Await.result(tessera.endAllSessions());
            assertThat(Await.result(tessera.load("some"))).isEqualTo(new SessionTotals(1, 0));
            assertThat(Await.result(tessera.load("all"))).isEqualTo(new SessionTotals(1, 2));
            assertThat(Await.result(one.get("a"))).hasToString("1");
            assertThat(((TesseraException) Await.failure(tessera.load("none"))).status())
                    .isEqualTo(Status.LOAD_ERROR);
            assertThat(((TesseraException) Await.failure(tessera.save(".."))).status())
                    .isEqualTo(Status.VALUE_TYPE_INVALID);
            Await.result(tessera.close());
        }
    }

    @Test
    void shouldRefuseToSaveUnlessEnabledAndStillLoad(Vertx vertx) throws Exception {
        SaveServer.write(saves, "a", """
                [{"sh":{"tkn":1},"keys":{}}]""".getBytes(UTF_8));
        Configuration configuration = Configuration.defaults().with(Settings.EVENT_LOOPS, 1);
        try (TestServer server = TestServer.start(vertx, configuration);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"a"}}""")).isEqualTo("""
                                    {"SH_SAVE_RSP":{"st":14,"tkn":null,"m":"%s"}}""".formatted(Messages.COMMAND_DISABLED));
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"a"}}"""))
                    .isEqualTo("{\"SH_LOAD_RSP\":{\"st\":142,\"tkn\":null,\"name\":\"a\","
                            + "\"sessions\":0,\"keys\":0,\"m\":\"the server has no directory of saves; "
                            + "set save.path\"}}");
        }
        try (TestServer server = TestServer.start(vertx, configuration.with(Settings.SAVE_PATH, Optional.of(saves)));
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"a"}}""")).contains("\"st\":14,");
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"a"}}""")).contains("\"st\":141,");
        }
        try (TestServer server = TestServer.start(
                        vertx, SaveServer.configuration(saves).with(Settings.SESSIONS_ENABLED, false));
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("""
                    {"SH_SAVE":{"name":"a"}}""")).contains("\"st\":14,");
            assertThat(socket.ask("""
                    {"SH_LOAD":{"name":"a"}}""")).contains("\"st\":14,");
        }
    }

    @Test
    void shouldRefuseInternalCommandsOfClients(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            assertThat(socket.ask("{\"EXPORT\":{}}")).contains("\"st\":10,");
            assertThat(socket.ask("{\"IMPORT\":{}}")).contains("\"st\":10,");
        }
    }

    @Test
    void shouldEndASaveWhenTheServerStops(Vertx vertx) throws Exception {
        try (TestServer server = SaveServer.start(vertx, saves);
                TextSocket socket = server.connect()) {
            fill(socket, 400);
            socket.send("""
                    {"SH_SAVE":{"name":"large"}}""");
            assertThat(socket.receive()).contains("\"st\":120,");
            Await.result(server.server().drain());

            assertThat(socket.receive()).isEqualTo("""
                            {"SH_SAVE_RSP":{"st":123,"tkn":null,"m":"%s"}}""".formatted(TransferMessages.STOPPING));
            assertThat(socket.receive()).isEqualTo("close 1001");
            try (var files = Files.walk(saves.resolve("large"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .singleElement()
                        .satisfies(file -> assertThat(Files.readString(file)).contains("\"status\":2"));
            }
        }
    }

    /** Fills a session with keys of 100 kB, and returns its token. */
    static String fill(TextSocket socket, int keys) throws Exception {
        Matcher token = Pattern.compile("\"tkn\":(\\d+)").matcher(socket.ask("""
                {"SH_NEW":{"name":"large"}}"""));
        assertThat(token.find()).isTrue();
        String value = "x".repeat(100_000);
        for (int i = 0; i < keys; i++) {
            socket.ask("""
                    {"KV_SET":{"tkn":%s,"keys":{"k%s":"%s"}}}""".formatted(token.group(1), i, value));
        }
        for (int i = 0; i < 20; i++) {
            socket.ask("""
                    {"SH_NEW":{"name":"small"}}""");
        }
        return token.group(1);
    }

    private static HttpResponse<String> post(TestServer server, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/commands"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
