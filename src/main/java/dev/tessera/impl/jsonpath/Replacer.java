package dev.tessera.impl.jsonpath;

import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException.Limit;
import java.util.Arrays;

/** Collects places in a text and writes the text anew with something else in these places. */
final class Replacer {

    /**
     * Each place as start and end, the start in the upper half, so that sorting puts an outer place before its inner
     * ones.
     */
    private long[] places = new long[8];

    private int size;

    void add(int start, int end) {
        if (size == places.length) {
            places = Arrays.copyOf(places, size * 2);
        }
        places[size++] = (long) start << 32 | end;
    }

    UpdateResult replace(byte[] json, int from, int to, byte[] replacement, int bytesMax) {
        keepOutermost();
        byte[] result = new byte[length(to - from, replacement.length, bytesMax)];
        int read = from;
        int written = 0;
        for (int i = 0; i < size; i++) {
            int kept = start(places[i]) - read;
            System.arraycopy(json, read, result, written, kept);
            System.arraycopy(replacement, 0, result, written + kept, replacement.length);
            written += kept + replacement.length;
            read = end(places[i]);
        }
        System.arraycopy(json, read, result, written, to - read);
        return new UpdateResult(size, result);
    }

    private void keepOutermost() {
        Arrays.sort(places, 0, size);
        int kept = 0;
        int lastEnd = 0;
        for (int i = 0; i < size; i++) {
            if (start(places[i]) >= lastEnd) {
                lastEnd = end(places[i]);
                places[kept++] = places[i];
            }
        }
        size = kept;
    }

    private int length(int before, int replacement, int bytesMax) {
        long length = before + (long) size * replacement;
        for (int i = 0; i < size; i++) {
            length -= end(places[i]) - start(places[i]);
        }
        if (length > bytesMax && size > 0) {
            throw new BudgetExceededException(Limit.OUTPUT, BudgetExceededException.tooLarge(bytesMax));
        }
        return Math.toIntExact(length);
    }

    private static int start(long place) {
        return (int) (place >>> 32);
    }

    private static int end(long place) {
        return (int) place;
    }
}
