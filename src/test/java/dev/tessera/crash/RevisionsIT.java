package dev.tessera.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.Layer;
import dev.tessera.testing.ServerProcess;
import dev.tessera.testing.TextSocket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Revisions grow although SIGKILL takes the last changes from the journal, and none comes twice. */
@Tag(Layer.CRASH)
@Timeout(120)
class RevisionsIT {

    private static final int ROUNDS = 4;
    private static final int SESSIONS = 8;
    private static final int CHANGES = 400;
    private static final Pattern REVISION = Pattern.compile("\"rev\":([0-9]+)");

    @TempDir
    Path directory;

    /** The revisions of each session; another partition may give out the same number. */
    private final Set<String> seen = new HashSet<>();

    @Test
    void shouldGrowOverCrashesWithEverysec() throws Exception {
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.command("--data-dir", directory.toString())
                            .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                            .env("TESSERA_EVENT_LOOPS", "2")
                            .start()
                            .awaitReady();
                    TextSocket socket = TextSocket.connect(server.port())) {
                long first = Long.MAX_VALUE;
                long newest = last;
                for (int i = 0; i < SESSIONS; i++) {
                    String token = shared(socket, "session " + i);
                    for (int j = 0; j < CHANGES / SESSIONS; j++) {
                        long revision = change(socket, token, j);
                        first = Math.min(first, revision);
                        newest = Math.max(newest, revision);
                    }
                }
                assertThat(first).as("round %d", round).isGreaterThan(last);
                last = newest;
                server.kill();
            }
        }
        assertThat(seen).hasSize(ROUNDS * CHANGES);
    }

    /** Returns the revision of a change, which must be new for its session. */
    private long change(TextSocket socket, String token, int number) throws Exception {
        String reply = socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"a":%d},"revs":true}}""".formatted(token, number));
        Matcher revision = REVISION.matcher(reply);
        assertThat(revision.find()).as(reply).isTrue();
        long found = Long.parseLong(revision.group(1));
        assertThat(found).isLessThan(1L << 53);
        assertThat(seen.add(token + " " + found)).as("%d is new", found).isTrue();
        return found;
    }

    private static String shared(TextSocket socket, String name) throws Exception {
        String made = socket.ask("""
                {"SH_NEW":{"name":"%s","shared":true,"open":true}}""".formatted(name));
        return made.replaceAll(".*\"tkn\":([0-9]+).*", "$1");
    }
}
