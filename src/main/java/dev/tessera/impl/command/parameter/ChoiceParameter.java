package dev.tessera.impl.command.parameter;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word of a fixed set: the names of an enum's constants in lower case.
 *
 * @param <E> the enum
 */
public final class ChoiceParameter<E extends Enum<E>> extends Parameter<E> {

    private final E[] choices;

    /** Declares a required choice. */
    public ChoiceParameter(String name, Class<E> choices) {
        this(name, choices, true);
    }

    private ChoiceParameter(String name, Class<E> choices, boolean required) {
        super(name, required, "a string");
        this.choices = choices.getEnumConstants();
    }

    /** Declares an optional choice. */
    public static <E extends Enum<E>> ChoiceParameter<E> optional(String name, Class<E> choices) {
        return new ChoiceParameter<>(name, choices, false);
    }

    @Override
    public Schema schema() {
        return Schema.of("string").with("enum", words()).example(word(choices[0]));
    }

    @Override
    protected Set<Status> valueFaults() {
        return Set.of(Status.VALUE_TYPE_INVALID, Status.COMMAND_SYNTAX);
    }

    @Override
    public Object read(JsonScanner scanner) {
        Slice text = readString(scanner);
        if (text == null) {
            return wrongType();
        }
        String word = text.toString();
        for (E choice : choices) {
            if (word(choice).equals(word)) {
                return choice;
            }
        }
        return new Fault(Status.COMMAND_SYNTAX, Messages.notOneOf(name(), words()));
    }

    private List<String> words() {
        return Arrays.stream(choices).map(ChoiceParameter::word).toList();
    }

    /** Returns the word of a choice. */
    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
