package dev.tessera.soak;

import java.util.List;
import java.util.function.Consumer;

/**
 * A command and the answer that it must have.
 *
 * @param name the name of the command; empty if the text is no command
 * @param session the session that it concerns; null if it concerns several or none
 * @param keys the keys or tokens that it names, each once
 * @param values the texts of the values, one for each key, or none
 * @param command the text to send
 * @param expected the answer, with {@link Reply#ANY} for text that the model does not know; empty for silence
 * @param onUnknown takes the text in the place of the first {@link Reply#ANY}
 */
record Step(
        String name,
        ModelSession session,
        List<String> keys,
        List<String> values,
        String command,
        String expected,
        Consumer<String> onUnknown) {

    /** Returns a step without keys and values. */
    static Step of(String name, ModelSession session, String command, String expected) {
        return new Step(name, session, List.of(), List.of(), command, expected, Step::ignore);
    }

    /** Returns the same step with the keys that it names. */
    Step naming(List<String> names) {
        return new Step(name, session, names, values, command, expected, onUnknown);
    }

    /** Returns the same step with keys and their values. */
    Step storing(List<String> names, List<String> texts) {
        return new Step(name, session, names, texts, command, expected, onUnknown);
    }

    /** Returns the same step with a consumer of the unknown text. */
    Step telling(Consumer<String> listener) {
        return new Step(name, session, keys, values, command, expected, listener);
    }

    /** Returns whether the command may be silent. */
    boolean isQuiet() {
        return name.endsWith("Q");
    }

    /** Returns whether the text is a JSON document, so that it may be part of a batch. */
    boolean isJson() {
        return !name.isEmpty();
    }

    /** Returns whether the answer is the expected one. */
    boolean accept(String answer) {
        String[] known = expected.split(Reply.ANY, -1);
        if (known.length == 1) {
            return answer.equals(expected);
        }
        int from = known[0].length();
        if (!answer.startsWith(known[0])) {
            return false;
        }
        for (int i = 1; i < known.length; i++) {
            int to = i == known.length - 1 && answer.endsWith(known[i])
                    ? answer.length() - known[i].length()
                    : answer.indexOf(known[i], from);
            if (to < from) {
                return false;
            }
            if (i == 1) {
                onUnknown.accept(answer.substring(from, to));
            }
            from = to + known[i].length();
        }
        return from == answer.length();
    }

    private static void ignore(String unknown) {}
}
