package dev.tessera.impl.jsonpath.text;

import java.util.Arrays;

/**
 * The members of one object in the order of their names, each name once with its last value.
 *
 * <p>Made only if two objects are compared as a whole. It holds positions, no copies.
 */
final class MemberTable {

    private final JsonNavigator text;
    private int[] names = new int[8];
    private int size;

    MemberTable(JsonNavigator text, int object) {
        this.text = text;
        int at = text.first(object);
        while (at >= 0) {
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2);
            }
            names[size++] = at;
            at = text.next(text.end(text.memberValue(at)));
        }
        sort();
        keepLast();
    }

    int size() {
        return size;
    }

    int value(int index) {
        return text.memberValue(names[index]);
    }

    boolean sameName(int index, MemberTable other) {
        return compare(text, names[index], other.text, other.names[index]) == 0;
    }

    private static int compare(JsonNavigator a, int nameA, JsonNavigator b, int nameB) {
        int endA = a.stringEnd(nameA);
        a.budget().spend(endA - nameA);
        return Strings.compare(a.json(), nameA + 1, endA - 1, b.json(), nameB + 1, b.stringEnd(nameB) - 1);
    }

    /** Merge sort, bottom up: stable, so of equal names the later one follows the earlier one. */
    private void sort() {
        int[] from = names;
        int[] into = new int[names.length];
        for (int width = 1; width < size; width *= 2) {
            for (int low = 0; low < size; low += 2 * width) {
                merge(from, into, low, Math.min(low + width, size), Math.min(low + 2 * width, size));
            }
            int[] sorted = into;
            into = from;
            from = sorted;
        }
        names = from;
    }

    private void merge(int[] from, int[] into, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft = left < middle && (right >= high || compare(text, from[left], text, from[right]) <= 0);
            into[i] = takeLeft ? from[left++] : from[right++];
        }
    }

    private void keepLast() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean last = i + 1 == size || compare(text, names[i], text, names[i + 1]) != 0;
            if (last) {
                names[kept++] = names[i];
            }
        }
        size = kept;
    }
}
