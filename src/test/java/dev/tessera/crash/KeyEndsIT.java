package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tessera.testing.Await;
import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ends of keys survive SIGKILL, and time goes on while no server runs. */
@Tag(Layer.CRASH)
@Timeout(120)
class KeyEndsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 1000;
    private static final int MORE_SECONDS = 5000;

    @TempDir
    Path directory;

    @Test
    void shouldKeepAcknowledgedEndsOverCrashes() throws Exception {
        long beforeNs = System.nanoTime();
        try (ServerProcess server = start();
                TextSocket socket = TextSocket.connect(server.port())) {
            String token = open(socket);
            require(socket, set(token, "short", "0.2"));
            for (String key : new String[] {"set", "renewed", "freed", "changed", "replaced"}) {
                require(socket, set(token, key, Integer.toString(SECONDS)));
            }
            require(socket, """
                    {"KV_EXPIRE":{"tkn":%s,"keys":["renewed","freed"],"ttl":{"renewed":%d,"freed":0}}}""".formatted(token, MORE_SECONDS));
            require(socket, """
                    {"KV_INCR":{"tkn":%s,"keys":{"changed":1}}}""".formatted(token));
            require(socket, """
                    {"KV_SET":{"tkn":%s,"keys":{"replaced":2}}}""".formatted(token));
            server.kill();
        }
        // The second start reads what the first one has written anew.
        for (int start = 0; start < 2; start++) {
            try (ServerProcess server = start();
                    TextSocket socket = TextSocket.connect(server.port())) {
                String token = open(socket);
                Await.until(() -> left(socket, token).get("short").isNull());
                JsonNode left = left(socket, token);
                long passed = 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beforeNs);
                assertThat(left.get("set").intValue()).isBetween((int) (SECONDS - passed), SECONDS);
                assertThat(left.get("changed").intValue()).isBetween((int) (SECONDS - passed), SECONDS);
                assertThat(left.get("renewed").intValue()).isBetween((int) (MORE_SECONDS - passed), MORE_SECONDS);
                assertThat(left.get("freed").intValue()).isZero();
                assertThat(left.get("replaced").intValue()).isZero();
                assertThat(socket.ask("""
                                {"KV_COUNT":{"tkn":%s}}""".formatted(token))).endsWith("\"cnt\":5}}");
                server.kill();
            }
        }
    }

    private ServerProcess start() throws Exception {
        return ServerProcess.command("--data-dir", directory.toString(), "--journal", "always")
                .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .env("TESSERA_EVENT_LOOPS", "2")
                .start()
                .awaitReady();
    }

    private static String open(TextSocket socket) throws Exception {
        return socket.ask("""
                {"SH_NEW":{"name":"ends","shared":true,"open":true}}""").replaceAll(".*\"tkn\":([0-9]+).*", "$1");
    }

    private static String set(String token, String key, String seconds) {
        return """
                {"KV_SET":{"tkn":%s,"keys":{"%s":1},"ttl":%s}}""".formatted(token, key, seconds);
    }

    private static void require(TextSocket socket, String command) throws Exception {
        assertThat(socket.ask(command)).doesNotContain("\"m\":");
    }

    private static JsonNode left(TextSocket socket, String token) throws Exception {
        return JSON.readTree(socket.ask("""
                        {"KV_TTL":{"tkn":%s,"keys":["short","set","renewed","freed","changed","replaced"]}}""".formatted(token))).get("KV_TTL_RSP").get("keys");
    }
}
