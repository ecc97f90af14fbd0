package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.SingularPath;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.JsonType;
import org.jspecify.annotations.Nullable;

/**
 * The addition of a number to the number at one place of a value.
 *
 * @param json the whole new value
 * @param number the new number, in plain notation
 */
public record Increment(byte[] json, byte[] number) {

    private static final byte[] ZERO = {'0'};

    /**
     * Adds a number. A value or place that does not exist counts as 0.
     *
     * @param json the array of the value in {@code [from, to)}; null if the value does not exist
     * @param amount the array of the number in {@code [amountFrom, amountTo)}
     * @param digitsMax the most digits of each number in plain notation
     * @param bytesMax the most bytes of the new value
     * @throws EditException if the place cannot be changed, or a number has more digits
     */
    public static Increment of(
            byte @Nullable [] json,
            int from,
            int to,
            SingularPath path,
            byte[] amount,
            int amountFrom,
            int amountTo,
            int digitsMax,
            int bytesMax,
            EvaluationBudget budget) {
        PlaceEdit place = new PlaceEdit(json, from, to, path, budget);
        byte[] old = ZERO;
        int oldFrom = 0;
        int oldTo = 1;
        if (json != null && place.hasValue()) {
            place.require(JsonType.NUMBER, "a number");
            old = json;
            oldFrom = place.start();
            oldTo = place.text().end(oldFrom);
        }
        budget.spend(oldTo - oldFrom + amountTo - amountFrom);
        byte[] sum = Decimals.add(old, oldFrom, oldTo, amount, amountFrom, amountTo, digitsMax);
        return new Increment(place.with(sum, bytesMax), sum);
    }
}
