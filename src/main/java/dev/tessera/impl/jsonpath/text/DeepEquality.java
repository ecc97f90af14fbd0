package dev.tessera.impl.jsonpath.text;

import java.util.Arrays;

/**
 * A comparison of two arrays or two objects in depth.
 *
 * <p>Equality is a conjunction over pairs of values, so a list keeps pairs of containers, in any order; nothing
 * recurses, whatever the depth. Arrays are walked side by side; objects are compared through {@link MemberTable}s.
 */
final class DeepEquality {

    private final JsonNavigator left;
    private final JsonNavigator right;
    private int[] pending = new int[16];
    private int size;

    DeepEquality(JsonNavigator left, JsonNavigator right) {
        this.left = left;
        this.right = right;
    }

    boolean equal(int a, int b) {
        add(a, b);
        while (size > 0) {
            int nextB = pending[--size];
            int nextA = pending[--size];
            boolean same = left.isObject(nextA) ? objects(nextA, nextB) : arrays(nextA, nextB);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private boolean arrays(int a, int b) {
        int i = left.first(a);
        int j = right.first(b);
        while (i >= 0 && j >= 0) {
            if (!scalarsEqualOrPending(i, j)) {
                return false;
            }
            i = left.next(left.end(i));
            j = right.next(right.end(j));
        }
        return i < 0 && j < 0;
    }

    private boolean objects(int a, int b) {
        MemberTable ours = new MemberTable(left, a);
        MemberTable theirs = new MemberTable(right, b);
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            if (!ours.sameName(i, theirs) || !scalarsEqualOrPending(ours.value(i), theirs.value(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean scalarsEqualOrPending(int a, int b) {
        JsonValue valueA = new JsonValue(left, a);
        JsonValue valueB = new JsonValue(right, b);
        if (valueA.type() == valueB.type() && left.isContainer(a)) {
            add(a, b);
            return true;
        }
        return valueA.relation(valueB) == Relation.EQUAL;
    }

    private void add(int a, int b) {
        if (size == pending.length) {
            pending = Arrays.copyOf(pending, size * 2);
        }
        pending[size++] = a;
        pending[size++] = b;
    }
}
