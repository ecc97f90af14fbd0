package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.Relation;

/** A comparison operator of a filter. */
public enum ComparisonOperator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(Relation relation) {
        return switch (this) {
            case EQUAL -> relation == Relation.EQUAL;
            case NOT_EQUAL -> relation != Relation.EQUAL;
            case LESS -> relation == Relation.LESS;
            case LESS_OR_EQUAL -> relation == Relation.LESS || relation == Relation.EQUAL;
            case GREATER -> relation == Relation.GREATER;
            case GREATER_OR_EQUAL -> relation == Relation.GREATER || relation == Relation.EQUAL;
        };
    }

    boolean needsOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** Returns the operator with the same meaning for exchanged sides. */
    ComparisonOperator mirrored() {
        return switch (this) {
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            default -> this;
        };
    }
}
