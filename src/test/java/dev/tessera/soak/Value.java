package dev.tessera.soak;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value of the model: any text, or a document in which the paths of {@link Place} find something.
 *
 * <pre>{"n": part 0, "make":part 1 ,"tags":[part 2, part 3, …]}</pre>
 */
final class Value {

    private static final int ROOT = -1;
    private static final int MAKE = 1;
    private static final int TAGS = 2;

    private final String text;
    /** The texts of the parts; null if the value is no document. */
    private final List<String> parts;

    private Value(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** Returns a value in which only {@link Place#ROOT} finds something. */
    static Value plain(String text) {
        return new Value(text, null);
    }

    /** Returns a document of at least two parts. */
    static Value document(List<String> parts) {
        return new Value(
                """
                        {"n": %s, "make":%s ,"tags":[%s]}""".formatted(parts.get(0), parts.get(MAKE), String.join(", ", parts.subList(TAGS, parts.size()))),
                parts);
    }

    String text() {
        return text;
    }

    /** Returns the normalized paths of the places that are found. */
    List<String> paths(Place place) {
        return find(place).stream().map(Value::path).toList();
    }

    /** Returns this value with another in every place that is found. */
    Value with(Place place, Value replacement) {
        List<Integer> found = find(place);
        if (found.contains(ROOT)) {
            return replacement;
        }
        if (found.isEmpty()) {
            return this;
        }
        List<String> changed = new ArrayList<>(parts);
        found.forEach(index -> changed.set(index, replacement.text));
        return document(changed);
    }

    private static String path(int index) {
        return switch (index) {
            case ROOT -> "$";
            case 0 -> "$['n']";
            case MAKE -> "$['make']";
            default -> "$['tags'][" + (index - TAGS) + "]";
        };
    }

    private List<Integer> find(Place place) {
        if (place == Place.ROOT) {
            return List.of(ROOT);
        }
        if (parts == null) {
            return List.of();
        }
        int size = parts.size();
        return switch (place) {
            case NUMBER -> List.of(0);
            case MAKE -> List.of(MAKE);
            case TAGS -> IntStream.range(TAGS, size).boxed().toList();
            case FIRST_TAG -> size > TAGS ? List.of(TAGS) : List.of();
            case LAST_TAG -> size > TAGS ? List.of(size - 1) : List.of();
            case BIG_TAGS ->
                IntStream.range(TAGS, size)
                        .filter(index -> isOverFive(parts.get(index)))
                        .boxed()
                        .toList();
            case APPLES ->
                IntStream.range(0, TAGS)
                        .filter(index -> parts.get(index).equals("\"Apple\""))
                        .boxed()
                        .toList();
            case ROOT, NOTHING -> List.of();
        };
    }

    private static boolean isOverFive(String part) {
        return Character.isDigit(part.charAt(0)) && new BigDecimal(part).compareTo(BigDecimal.valueOf(5)) > 0;
    }
}
