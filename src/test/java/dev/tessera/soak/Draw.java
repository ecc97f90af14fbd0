package dev.tessera.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A source of random keys and values. */
final class Draw {

    private static final List<String> ODD_KEYS =
            List.of("", "tkn", "st", "m", "a/b", "..", "\"q\\", "\n\u0001", "ü", "\uD83D\uDE00", " ");
    private static final int EVEN_KEYS = 50;
    private static final List<String> PARTS =
            List.of("\"Apple\"", "\"x\"", "1.50", "7", "3", "6e0", "1e400", "null", "true", "\"\\u0041\"");
    private static final List<String> PLAIN = List.of(
            "1.0",
            "12345678901234567890123",
            "-0",
            "\"\\u0061\"",
            "null",
            "[]",
            "[1, 2,3]",
            """
                    {"a":1,"a":2}""",
            "\"é\uD83D\uDE00\"",
            "false");
    private static final int BIG_CHARS = 30_000;

    private final Random random;
    private final String prefix;

    /** Creates a source whose keys begin with the prefix. */
    Draw(Random random, String prefix) {
        this.random = random;
        this.prefix = prefix;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    <T> T of(T[] all) {
        return all[random.nextInt(all.length)];
    }

    String key() {
        return prefix + (one(4) ? of(ODD_KEYS) : "k" + random.nextInt(EVEN_KEYS));
    }

    /** Draws some keys, each once. */
    List<String> keys(int from, int to) {
        int count = from + random.nextInt(to - from + 1);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key());
        }
        return keys.stream().distinct().toList();
    }

    Value value() {
        if (one(200)) {
            return Value.plain("\"" + "x".repeat(random.nextInt(BIG_CHARS)) + "\"");
        }
        return one(3)
                ? Value.plain(of(PLAIN))
                : Value.document(IntStream.range(0, 2 + random.nextInt(5))
                        .mapToObj(i -> of(PARTS))
                        .toList());
    }

    /** Returns a JSON string, spelled in one of the ways that clients may use. */
    String spelled(String text) {
        return one(6) ? Text.escaped(text) : Text.string(text);
    }

    String space() {
        return one(6) ? " \n" : "";
    }
}
