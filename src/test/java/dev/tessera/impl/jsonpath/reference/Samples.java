package dev.tessera.impl.jsonpath.reference;

import java.util.List;
import java.util.Random;

/** The names, strings and numbers of random documents and queries. They are few, so queries often match. */
final class Samples {

    static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "length",
            "it's",
            "q\"",
            "back\\slash",
            "tab\there",
            "é",
            "☺",
            "𝄞x",
            "",
            "longer than eight bytes",
            "]}",
            "\"{\\");
    static final List<String> STRINGS = List.of(
            "",
            "a",
            "b",
            "ab",
            "abc",
            "aé",
            "☺☺",
            "𝄞",
            "a\nb",
            "\u0001",
            "quote\"",
            "back\\",
            "exactly8",
            "more than eight bytes",
            "]",
            "}}]",
            "[{,:\"\\",
            "\\\\\"]");
    static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "1.0",
            "-1",
            "10e-1",
            "1e400",
            "1e401",
            "-1e400",
            "9007199254740993",
            "9007199254740992",
            "0.1",
            "0.10",
            "1E2",
            "100",
            "-0.0",
            "12345678901234567890",
            "12345678901234567891",
            "3",
            "2.5e0");

    private Samples() {}

    static String name(Random random) {
        return NAMES.get(random.nextInt(random.nextInt(3) == 0 ? NAMES.size() : 4));
    }
}
