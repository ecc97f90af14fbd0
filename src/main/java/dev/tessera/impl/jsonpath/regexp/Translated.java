package dev.tessera.impl.jsonpath.regexp;

/**
 * A part of an expression, rewritten for RE2.
 *
 * @param re2 its text in RE2's syntax, an atom where it is repeated
 * @param steps the size of the program that RE2 makes of it, about
 * @param repeats the product of its nested repetition counts, which RE2 limits
 */
record Translated(String re2, long steps, int repeats) {

    /** RE2 takes no repetition count above this, nor nested ones whose product is. */
    static final int REPEATS_MAX = 1_000;

    static final Translated EMPTY = new Translated("", 1, 1);

    /** Repeats this part {@code min} to {@code max} times, in pieces that RE2 takes one after the other. */
    Translated repeated(int min, int max) {
        int piece = REPEATS_MAX / repeats;
        StringBuilder out = new StringBuilder("(?:");
        for (int left = min; left > 0; left -= piece) {
            out.append(re2).append('{').append(Math.min(left, piece)).append('}');
        }
        for (int left = max - min; left > 0; left -= piece) {
            out.append(re2).append("{0,").append(Math.min(left, piece)).append('}');
        }
        out.append(')');
        return new Translated(out.toString(), Math.max(1, steps * max), repeats * Math.min(Math.max(1, max), piece));
    }

    /** Repeats this part {@code min} times or more. */
    Translated repeatedFrom(int min) {
        Translated head = repeated(min, min);
        return new Translated("(?:" + head.re2 + re2 + "*)", head.steps + steps + 1, head.repeats);
    }
}
