package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import org.jspecify.annotations.Nullable;

/**
 * Selects elements of an array from {@code start} to {@code end} by {@code step} (RFC 9535, section 2.3.4).
 *
 * @param start the first index, or null for the default, which depends on the step's sign
 * @param end the index to stop before, or null for the default
 * @param step the distance, not 0 for any selection at all
 */
public record SliceSelector(@Nullable Long start, @Nullable Long end, long step) implements Selector {

    @Override
    public int select(Evaluation run, int array, Step next) {
        if (run.text.json()[array] != '[' || step == 0) {
            return Step.END_UNKNOWN;
        }
        int length = run.text.count(array);
        return step > 0 ? forward(run, array, length, next) : backward(run, array, length, next);
    }

    private int forward(Evaluation run, int array, int length, Step next) {
        long lower = clamp(normal(start, 0, length), 0, length);
        long upper = clamp(normal(end, length, length), 0, length);
        JsonNavigator text = run.text;
        long wanted = lower;
        int at = text.first(array);
        for (int index = 0; wanted < upper && at >= 0; index++) {
            int valueEnd = Step.END_UNKNOWN;
            if (index == wanted) {
                valueEnd = hand(run, index, at, next);
                if (valueEnd == Step.STOP) {
                    return Step.STOP;
                }
                wanted += step;
            }
            at = text.next(valueEnd == Step.END_UNKNOWN ? text.end(at) : valueEnd);
        }
        return Step.END_UNKNOWN;
    }

    /** Going backwards needs the elements' positions first: four bytes for each element up to the highest. */
    private int backward(Evaluation run, int array, int length, Step next) {
        long upper = clamp(normal(start, length - 1L, length), -1, length - 1L);
        long lower = clamp(normal(end, -1, length), -1, length - 1L);
        if (upper <= lower) {
            return Step.END_UNKNOWN;
        }
        JsonNavigator text = run.text;
        int[] positions = new int[(int) upper + 1];
        int at = text.first(array);
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at;
            at = text.next(text.end(at));
        }
        for (long index = upper; index > lower; index += step) {
            text.budget().spend(1);
            if (hand(run, (int) index, positions[(int) index], next) == Step.STOP) {
                return Step.STOP;
            }
        }
        return Step.END_UNKNOWN;
    }

    private static int hand(Evaluation run, int index, int value, Step next) {
        run.path.push(~index);
        int answer = next.take(run, value);
        run.path.pop();
        return answer;
    }

    private static long normal(@Nullable Long bound, long absent, int length) {
        if (bound == null) {
            return absent;
        }
        return bound >= 0 ? bound : bound + length;
    }

    private static long clamp(long value, long min, long max) {
        return Math.min(Math.max(value, min), max);
    }
}
