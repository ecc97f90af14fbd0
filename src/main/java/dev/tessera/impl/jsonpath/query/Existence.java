package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;

/** The test whether a query selects any node. */
public final class Existence {

    private Existence() {}

    public static Condition of(SingularQuery query) {
        return (run, current) -> query.locate(run, current) != JsonNavigator.ABSENT;
    }

    public static Condition of(NodesQuery query) {
        return (run, current) -> query.nodes(run, current) > 0;
    }
}
