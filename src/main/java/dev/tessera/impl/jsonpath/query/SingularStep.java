package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;

/** A selector that selects one child at most, so that a query of such selectors has a value. */
public sealed interface SingularStep permits NameSelector, IndexSelector {

    /** Returns the start of the child's value, or {@link JsonNavigator#ABSENT}. */
    int locate(JsonNavigator text, int start);

    /** Returns the selector as it stands between the brackets of a path. */
    String text();
}
