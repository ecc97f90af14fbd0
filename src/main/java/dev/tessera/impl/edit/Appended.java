package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The appending of elements to the array at one place of a value.
 *
 * @param json the whole new value; null if nothing changes
 * @param length the new number of elements
 */
public record Appended(byte @Nullable [] json, long length) {

    private static final byte[] EMPTY_ARRAY = {'[', ']'};

    /**
     * Appends elements, and keeps the last ones. A value or place that does not exist counts as {@code []}.
     *
     * @param json the array of the value in {@code [from, to)}; null if the value does not exist
     * @param elements a JSON array in {@code [elementsFrom, elementsTo)}
     * @param lengthMax the number of last elements that stay
     * @param bytesMax the most bytes of the new value
     * @throws EditException if the place cannot be changed
     */
    public static Appended of(
            byte @Nullable [] json,
            int from,
            int to,
            SingularPath path,
            byte[] elements,
            int elementsFrom,
            int elementsTo,
            long lengthMax,
            int bytesMax,
            EvaluationBudget budget) {
        PlaceEdit place = new PlaceEdit(json, from, to, path, budget);
        JsonNavigator more = new JsonNavigator(elements, elementsFrom, elementsTo, budget);
        long added = more.count(elementsFrom);
        if (json == null || !place.hasValue()) {
            long dropped = Math.max(0, added - lengthMax);
            byte[] array = array(more, elementsFrom, dropped, elementsTo);
            return new Appended(place.with(array, bytesMax), added - dropped);
        }
        place.require(JsonType.ARRAY, "an array");
        int start = place.start();
        int end = place.text().end(start);
        long present = place.text().count(start);
        long length = Math.min(present + added, lengthMax);
        long dropped = present + added - length;
        if (added == 0 && dropped == 0) {
            return new Appended(null, length);
        }
        if (dropped >= present) {
            byte[] array = array(more, elementsFrom, dropped - present, elementsTo);
            return new Appended(place.splice(start, end, array, bytesMax), length);
        }
        byte[] tail = tail(elements, elementsFrom, elementsTo, added > 0);
        if (dropped == 0) {
            return new Appended(place.splice(end - 1, end, tail, bytesMax), length);
        }
        int kept = place.text().findElement(start, dropped);
        byte[] joined = new byte[1 + end - 1 - kept + tail.length];
        joined[0] = '[';
        System.arraycopy(json, kept, joined, 1, end - 1 - kept);
        System.arraycopy(tail, 0, joined, end - kept, tail.length);
        return new Appended(place.splice(start, end, joined, bytesMax), length);
    }

    /** Returns a comma, all elements and the bracket that closes the array; without elements the bracket alone. */
    private static byte[] tail(byte[] elements, int from, int to, boolean any) {
        if (!any) {
            return new byte[] {']'};
        }
        byte[] tail = Arrays.copyOfRange(elements, from, to);
        tail[0] = ',';
        return tail;
    }

    /** Returns an array without its first elements. */
    private static byte[] array(JsonNavigator text, int from, long dropped, int to) {
        if (dropped == 0) {
            return Arrays.copyOfRange(text.json(), from, to);
        }
        int kept = text.findElement(from, dropped);
        if (kept == JsonNavigator.ABSENT) {
            return EMPTY_ARRAY;
        }
        byte[] array = new byte[to - kept + 1];
        array[0] = '[';
        System.arraycopy(text.json(), kept, array, 1, to - kept);
        return array;
    }
}
