package dev.tessera.impl.jsonpath;

import dev.tessera.impl.jsonpath.query.NameSelector;
import dev.tessera.impl.jsonpath.query.SingularStep;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of names and indexes only (RFC 9535, section 1.1, "Singular Query"), which selects one place at most.
 * Immutable, and shared by all threads.
 */
public final class SingularPath {

    /** The whole value. */
    public static final SingularPath ROOT = new SingularPath(List.of());

    /** The outcome of a search for the place. */
    public enum Outcome {
        /** The place exists. */
        FOUND,
        /** The place does not exist, but the object around it does, and the last step is a name. */
        NAME_ABSENT,
        /** The place does not exist. */
        ABSENT,
        /** A step leads into a value of another type: a name into no object, or an index into no array. */
        WRONG_TYPE
    }

    /**
     * A place in a text.
     *
     * @param start the start of the value if it was found; otherwise of the last value on the way to it
     * @param steps the number of steps that lead to {@code start}
     */
    public record Place(Outcome outcome, int start, int steps) {}

    private final List<SingularStep> steps;

    SingularPath(List<SingularStep> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Returns the number of names and indexes. */
    public int length() {
        return steps.size();
    }

    /** Returns the last step if it is a name; otherwise null. */
    public @Nullable String lastName() {
        return !steps.isEmpty() && steps.get(steps.size() - 1) instanceof NameSelector last
                ? last.name().toString()
                : null;
    }

    /**
     * Searches for the place.
     *
     * @param root the start of the whole value
     */
    public Place locate(JsonNavigator text, int root) {
        int start = root;
        for (int i = 0; i < steps.size(); i++) {
            SingularStep step = steps.get(i);
            if (JsonType.of(text.json()[start]) != typeAround(step)) {
                return new Place(Outcome.WRONG_TYPE, start, i);
            }
            int next = step.locate(text, start);
            if (next == JsonNavigator.ABSENT) {
                boolean last = i == steps.size() - 1 && step instanceof NameSelector;
                return new Place(last ? Outcome.NAME_ABSENT : Outcome.ABSENT, start, i);
            }
            start = next;
        }
        return new Place(Outcome.FOUND, start, steps.size());
    }

    /** Returns the type of the value in which a step after this many steps selects a child. */
    public JsonType typeAround(int index) {
        return typeAround(steps.get(index));
    }

    private static JsonType typeAround(SingularStep step) {
        return step instanceof NameSelector ? JsonType.OBJECT : JsonType.ARRAY;
    }

    /** Returns the first {@code length} steps as a path. */
    public String prefix(int length) {
        StringBuilder path = new StringBuilder("$");
        for (SingularStep step : steps.subList(0, length)) {
            path.append('[').append(step.text()).append(']');
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return prefix(steps.size());
    }
}
