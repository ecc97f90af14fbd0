package dev.tessera.impl.jsonpath.text;

/** The relation of one value to another: the order of numbers and of strings, equality, or none. */
public enum Relation {
    LESS,
    EQUAL,
    GREATER,
    /** Neither equal nor in an order, as values of different types are. */
    UNRELATED;

    static Relation ofOrder(int order) {
        return order < 0 ? LESS : order > 0 ? GREATER : EQUAL;
    }

    static Relation ofEquality(boolean equal) {
        return equal ? EQUAL : UNRELATED;
    }
}
