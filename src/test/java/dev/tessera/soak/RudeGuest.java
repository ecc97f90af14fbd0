package dev.tessera.soak;

import dev.tessera.testing.TextSocket;
import java.util.Random;

/** A client that requests much and disconnects without reading, again and again. It changes nothing. */
final class RudeGuest {

    private static final int VISITS = 4;
    private static final int QUESTIONS_MAX = 200;

    private RudeGuest() {}

    static void visit(int port, long seed, boolean withSessions) throws Exception {
        Random random = new Random(seed);
        String question = withSessions ? "{\"SH_INFO_ALL\":{}}" : "{\"KV_KEYS\":{}}";
        String search = """
                {"KV_FIND":{"rsp":"kv","path":"$..*"%s}}""".formatted((withSessions ? ",\"tkn\":1" : ""));
        for (int visit = 0; visit < VISITS; visit++) {
            try (TextSocket socket = TextSocket.connect(port)) {
                for (int left = random.nextInt(QUESTIONS_MAX); left > 0; left--) {
                    socket.send(random.nextInt(20) == 0 ? search : question);
                }
                socket.sendPart("{\"KV_", false);
            }
        }
    }
}
