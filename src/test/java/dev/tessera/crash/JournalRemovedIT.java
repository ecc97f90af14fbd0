package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.ExternalProgram;
import dev.tessera.testing.Layer;
import dev.tessera.testing.RequiresTool;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import dev.tessera.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the real server while somebody removes its files, or while it cannot open new ones. */
@Tag(Layer.CRASH)
@Timeout(120)
class JournalRemovedIT {

    private static final String WROTE_ANEW = "The journal writes to disk again";

    @TempDir
    Path directory;

    private final List<String> acknowledged = new ArrayList<>();
    private int tried;

    @Test
    void shouldKeepEverythingThatItAcknowledgesAfterItsDirectoryWasRemoved() throws Exception {
        String token;
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            setUntil(socket, token, 50);

            remove(directory.resolve("data/journal"));

            assertThat(set(socket, token)).containsAnyOf("\"st\":201,", "\"st\":200,");
            setUntil(socket, token, 100);
            server.awaitOutput("ERROR .*is no longer in its directory.*somebody has removed or replaced files");
            server.kill();
        }
        assertAllThere(token);
    }

    /** Nobody writes meanwhile. The secret of shared sessions must come back too. */
    @Test
    void shouldMakeTheWholeDataDirectoryAgain() throws Exception {
        String token;
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            setUntil(socket, token, 10);
            socket.ask("""
                    {"SH_NEW":{"name":"lobby","shared":true}}""");

            remove(directory.resolve("data"));

            server.awaitOutput(WROTE_ANEW);
            try (ServerProcess second = ServerProcess.command(
                            "--data-dir", directory.resolve("data").toString())
                    .start()) {
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(second.errors()).singleElement().asString().contains("another server uses");
            }
            server.kill();
        }
        assertAllThere(token);
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            assertThat(socket.ask("""
                    {"SH_OPEN":{"name":"lobby"}}""")).startsWith("""
                    {"SH_OPEN_RSP":{"st":1,""");
        }
    }

    @Test
    void shouldWriteEverythingAnewAfterAnOlderFileWasRemoved() throws Exception {
        String token;
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            setUntil(socket, token, 50);
            Path first = directory.resolve("data/journal/0000000001.log");
            assertThat(directory.resolve("data/journal")).isDirectoryContaining("glob:**0000000002.log");

            Files.delete(first);

            server.awaitOutput(WROTE_ANEW);
            server.kill();
        }
        assertAllThere(token);
    }

    @Test
    @RequiresTool(Tool.PRLIMIT)
    void shouldSayThatTooManyFilesAreOpen() throws Exception {
        String token;
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            token = socket.newSession();
            limitOpenFiles(server, "8");
            while (!set(socket, token).contains("\"st\":")) {
                assertThat(tried).isLessThan(10_000);
            }
            server.awaitOutput("WARN .*cannot reserve space .*Too many open files.*raise the limit of open files");
            assertThat(server.output()).noneMatch(line -> line.contains("free space"));

            limitOpenFiles(server, "1024");
            setUntil(socket, token, acknowledged.size() + 10);
            server.kill();
        }
        assertAllThere(token);
    }

    private static void limitOpenFiles(ServerProcess server, String most) throws Exception {
        // The colon keeps the hard limit, so that the soft limit can rise again.
        ExternalProgram.run(Path.of("."), "prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + most + ":");
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.command("--data-dir", directory.resolve("data").toString(), "--journal", "always")
                .env("TESSERA_LIMITS_MAX_PAYLOAD_BYTES", "16384")
                .env("TESSERA_STORAGE_SEGMENT_BYTES", "262144")
                .env("TESSERA_STORAGE_RESERVE_BYTES", "1081344")
                .start()
                .awaitReady();
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                // The server may have removed a temporary file meanwhile.
                Files.deleteIfExists(one);
            }
        }
    }

    /** Sets new keys until this number of them is acknowledged. */
    private void setUntil(TextSocket socket, String token, int count) throws Exception {
        while (acknowledged.size() < count) {
            set(socket, token);
        }
    }

    private String set(TextSocket socket, String token) throws Exception {
        String key = "k" + tried++;
        String reply = socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"%s":"%s"}}}""".formatted(token, key, "x".repeat(10_000)));
        if (!reply.contains("\"st\":")) {
            acknowledged.add(key);
        }
        return reply;
    }

    private void assertAllThere(String token) throws Exception {
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            String keys = socket.ask("""
                    {"KV_KEYS":{"tkn":%s}}""".formatted(token));
            assertThat(acknowledged).allSatisfy(key -> assertThat(keys).contains('"' + key + '"'));
        }
    }
}
