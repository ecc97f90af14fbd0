package dev.tessera.impl.jsonpath.query;

import java.util.List;

/** A logical expression of a filter. */
public interface Condition {

    /** Returns whether it is true for the child whose value starts at {@code current}. */
    boolean test(Evaluation run, int current);

    /** Makes a condition that is true if one of several is. */
    static Condition anyOf(List<Condition> parts) {
        Condition[] all = parts.toArray(Condition[]::new);
        return (run, current) -> {
            for (Condition part : all) {
                if (part.test(run, current)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Makes a condition that is true if all of several are. */
    static Condition allOf(List<Condition> parts) {
        Condition[] all = parts.toArray(Condition[]::new);
        return (run, current) -> {
            for (Condition part : all) {
                if (!part.test(run, current)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Makes a condition that is true if another one is not. */
    static Condition not(Condition part) {
        return (run, current) -> !part.test(run, current);
    }
}
