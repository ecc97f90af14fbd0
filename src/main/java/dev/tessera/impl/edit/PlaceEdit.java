package dev.tessera.impl.edit;

import dev.tessera.impl.edit.EditException.Reason;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.SingularPath.Outcome;
import dev.tessera.impl.jsonpath.SingularPath.Place;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException.Limit;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change of one place in a value: the place is found once, and the text around it is copied as it is.
 *
 * <p>If the last step of the path is a name that does not exist, the new value becomes the last member of the object.
 * If the whole value does not exist, a path of one name makes an object. Used by one thread.
 */
final class PlaceEdit {

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final SingularPath path;
    private final byte[] json;
    private final int from;
    private final int to;
    private final JsonNavigator text;
    private final boolean exists;
    private final Place place;

    /**
     * Finds a place.
     *
     * @param json the array of the value in {@code [from, to)}; null if the value does not exist
     * @throws EditException if the place does not exist, and cannot be added
     */
    PlaceEdit(byte @Nullable [] json, int from, int to, SingularPath path, EvaluationBudget budget) {
        this.path = path;
        this.exists = json != null || path.length() > 0;
        this.json = json == null ? EMPTY_OBJECT : json;
        this.from = json == null ? 0 : from;
        this.to = json == null ? EMPTY_OBJECT.length : to;
        this.text = new JsonNavigator(this.json, this.from, this.to, budget);
        this.place = path.locate(text, this.from);
        if (place.outcome() == Outcome.ABSENT || (json == null && place.outcome() == Outcome.WRONG_TYPE)) {
            throw new EditException(Reason.NO_PLACE, EditMessages.noPlace(path.prefix(place.steps() + 1)));
        }
        if (place.outcome() == Outcome.WRONG_TYPE) {
            JsonType type = path.typeAround(place.steps());
            throw wrongType(place.steps(), type == JsonType.OBJECT ? "an object" : "an array");
        }
    }

    private EditException wrongType(int steps, String type) {
        return new EditException(Reason.WRONG_TYPE, EditMessages.wrongType(path.prefix(steps), type));
    }

    /** Returns whether the place has a value; if not, the change adds it. */
    boolean hasValue() {
        return exists && place.outcome() == Outcome.FOUND;
    }

    /** Returns the start of the value at the place. */
    int start() {
        return place.start();
    }

    JsonNavigator text() {
        return text;
    }

    /** Fails if the value at the place does not have this type. */
    void require(JsonType type, String typeInWords) {
        if (JsonType.of(json[place.start()]) != type) {
            throw wrongType(place.steps(), typeInWords);
        }
    }

    /** Returns the whole value with another value at the place, in an array of its length. */
    byte[] with(byte[] value, int bytesMax) {
        if (!exists || path.length() == 0) {
            requireBytes(value.length, bytesMax);
            return value;
        }
        if (place.outcome() == Outcome.FOUND) {
            return splice(place.start(), text.end(place.start()), value, bytesMax);
        }
        int closing = text.end(place.start()) - 1;
        return splice(closing, closing, member(text.first(place.start()) >= 0, value), bytesMax);
    }

    private byte[] member(boolean comma, byte[] value) {
        byte[] name = JsonString.canonical(Objects.requireNonNull(path.lastName()));
        byte[] member = new byte[(comma ? 1 : 0) + name.length + 3 + value.length];
        int at = 0;
        if (comma) {
            member[at++] = ',';
        }
        member[at++] = '"';
        System.arraycopy(name, 0, member, at, name.length);
        at += name.length;
        member[at++] = '"';
        member[at++] = ':';
        System.arraycopy(value, 0, member, at, value.length);
        return member;
    }

    /** Returns the whole value with other bytes in {@code [start, end)}. */
    byte[] splice(int start, int end, byte[] replacement, int bytesMax) {
        long length = (long) (start - from) + replacement.length + (to - end);
        requireBytes(length, bytesMax);
        byte[] result = new byte[(int) length];
        System.arraycopy(json, from, result, 0, start - from);
        System.arraycopy(replacement, 0, result, start - from, replacement.length);
        System.arraycopy(json, end, result, start - from + replacement.length, to - end);
        return result;
    }

    static void requireBytes(long length, int bytesMax) {
        if (length > bytesMax) {
            throw new BudgetExceededException(Limit.OUTPUT, BudgetExceededException.tooLarge(bytesMax));
        }
    }
}
