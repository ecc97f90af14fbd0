package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The constants of an enum, read in any case and shown in lower case.
 *
 * @param <E> the enum
 */
record ChoiceType<E extends Enum<E>>(Class<E> choices) implements ValueType<E> {

    @Override
    public String name() {
        return "string";
    }

    @Override
    public String range() {
        return Arrays.stream(choices.getEnumConstants()).map(ChoiceType::word).collect(Collectors.joining(", "));
    }

    @Override
    public String expected() {
        return "one of " + range();
    }

    @Override
    public boolean accepts(E value) {
        return true;
    }

    @Override
    public E fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isTextual()) {
            throw new UnusableValueException();
        }
        return fromText(node.textValue());
    }

    @Override
    public E fromText(String text) throws UnusableValueException {
        for (E choice : choices.getEnumConstants()) {
            if (word(choice).equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new UnusableValueException();
    }

    @Override
    public String toJson(E value) {
        return '"' + word(value) + '"';
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
