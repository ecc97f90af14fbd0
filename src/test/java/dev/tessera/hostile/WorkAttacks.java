package dev.tessera.hostile;

import static dev.tessera.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.testing.RawSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Attacks with commands that take long. */
final class WorkAttacks {

    private static final int MIB = 1024 * 1024;
    private static final int NESTED = 480;

    private WorkAttacks() {}

    static List<Attack> all() {
        return List.of(
                new Attack("1,020 slow updates in one send", WorkAttacks::updates),
                new Attack("120 slow searches of 3 clients", WorkAttacks::searches),
                new Attack("searches of a client that leaves", WorkAttacks::abandonedSearches),
                new Attack("1,000 searches of one large session", WorkAttacks::manySearches));
    }

    private static void updates(Target target) throws Exception {
        RawSocket socket = target.open();
        String token = Target.newSession(socket);
        set(socket, token, "[\"" + "a".repeat(MIB - 200) + "\"]");
        String update = """
                {"KV_UPDATE":{"tkn":%s,"key":"k","path":"$[?match(@,'(a*)*c')]","value":1}}""".formatted(token);
        socket.sendTimes(1020, text(update));
        for (int i = 0; i < 20; i++) {
            assertThat(socket.awaitText()).startsWith("""
                    {"KV_UPDATE_RSP":{""");
        }
    }

    private static void searches(Target target) throws Exception {
        for (int i = 0; i < 3; i++) {
            slowSearches(target.open(), 40);
        }
        RawSocket third = target.open();
        slowSearches(third, 1);
        // Too slow, or too many results.
        assertThat(third.awaitText()).containsPattern("\\{\"st\":20[23],");
    }

    private static void abandonedSearches(Target target) throws Exception {
        for (int i = 0; i < 10; i++) {
            try (RawSocket socket = target.open()) {
                slowSearches(socket, 40);
            }
        }
    }

    private static void slowSearches(RawSocket socket, int count) throws Exception {
        String token = Target.newSession(socket);
        set(socket, token, "[".repeat(NESTED) + "]".repeat(NESTED));
        socket.sendTimes(count, text("""
                {"KV_FIND":{"tkn":%s,"rsp":"paths","path":"$..*..*..*..*..*..*"}}""".formatted(token)));
    }

    private static void manySearches(Target target) throws Exception {
        RawSocket socket = target.open();
        String token = Target.newSession(socket);
        for (int block = 0; block < 100; block++) {
            int first = block * 1000;
            String keys = IntStream.range(first, first + 1000)
                    .mapToObj(key -> "\"k%d\":%d".formatted(key, key))
                    .collect(Collectors.joining(","));
            socket.sendText("""
                    {"KV_SETQ":{"tkn":%s,"keys":{%s}}}""".formatted(token, keys));
        }
        assertThat(socket.ask("""
                {"KV_COUNT":{"tkn":%s}}""".formatted(token))).contains("\"cnt\":100000}");
        socket.sendTimes(1000, text("""
                {"KV_FIND":{"tkn":%s,"rsp":"keys","path":"$.x"}}""".formatted(token)));
        for (int i = 0; i < 1000; i++) {
            assertThat(socket.awaitText()).contains("\"st\":1,\"keys\":[]}");
        }
    }

    private static void set(RawSocket socket, String token, String value) throws Exception {
        assertThat(socket.ask("""
                {"KV_SET":{"tkn":%s,"keys":{"k":%s}}}""".formatted(token, value))).contains("\"k\":20");
    }
}
