package dev.tessera.testing;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Random valid JSON texts in all spellings: white space, escapes, numbers of every form. Reproducible by the random's
 * seed.
 */
public final class RandomJson {

    private static final String[] SPACE = {"", "", "", " ", "\n", "\t", "\r\n", "  "};
    private static final int[] POINTS = {
        0, 1, 0x1F, ' ', '"', '\\', '/', 'a', 'Z', 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0x20AC, 0xD7FF, 0xE000, 0xFFFD,
        0xFFFF, 0x10000, 0x1F600, 0x10FFFF
    };

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    /** Returns a text that nests at most {@code depth} deep. */
    public String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> random.nextBoolean() ? "true" : "false";
            case 1 -> "null";
            case 2, 3 -> number();
            case 4 -> string();
            case 5 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    /** Returns such a text as UTF-8. */
    public byte[] bytes(int depth) {
        return value(depth).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns white space, or none. */
    public String space() {
        return SPACE[random.nextInt(SPACE.length)];
    }

    private String array(int depth) {
        var text = new StringBuilder("[").append(space());
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append(space()).append(value(depth)).append(space());
        }
        return text.append(']').toString();
    }

    private String object(int depth) {
        var text = new StringBuilder("{").append(space());
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(space())
                    .append(string())
                    .append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return text.append('}').toString();
    }

    /** Returns a number of any form. */
    public String number() {
        var text = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
        text.append(random.nextInt(4) == 0 ? "0" : 1 + random.nextInt(9) + digits(random.nextInt(22)));
        if (random.nextInt(3) == 0) {
            text.append('.').append(digits(1 + random.nextInt(5)));
        }
        if (random.nextInt(4) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E')
                    .append(new String[] {"", "+", "-"}[random.nextInt(3)])
                    .append(digits(1 + random.nextInt(3)));
        }
        return text.toString();
    }

    private String digits(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    /** Returns a JSON string with its quotes, in a random spelling. */
    public String string() {
        return spell(characters());
    }

    /** Returns a Java string without lone surrogates. */
    public String characters() {
        var text = new StringBuilder();
        int length = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.nextInt(3) == 0 ? POINTS[random.nextInt(POINTS.length)] : ' ' + random.nextInt(95));
        }
        return text.toString();
    }

    /** Returns one of the many JSON strings, quotes included, for these characters. */
    public String spell(String characters) {
        var text = new StringBuilder("\"");
        characters.codePoints().forEach(point -> {
            if (random.nextInt(4) == 0) {
                for (char unit : Character.toChars(point)) {
                    text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
                }
            } else if (point == '"' || point == '\\' || (point == '/' && random.nextBoolean())) {
                text.append('\\').append((char) point);
            } else if (point < ' ') {
                int letter = "\b\f\n\r\t".indexOf(point);
                text.append(
                        letter >= 0 && random.nextBoolean()
                                ? "\\" + "bfnrt".charAt(letter)
                                : String.format("\\u%04x", point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append('"').toString();
    }
}
