package dev.tessera.impl.jsonpath.query;

/** Selects children of a node (RFC 9535, section 2.3). */
public sealed interface Selector permits NameSelector, IndexSelector, SliceSelector, WildcardSelector, FilterSelector {

    /**
     * Passes the selected children of the node at {@code start} to a step, in order, and returns as {@link Step#take}
     * does.
     */
    int select(Evaluation run, int start, Step next);
}
