package dev.tessera.impl.jsonpath.query;

/**
 * One step of a query, applied to a node that the steps before have selected.
 *
 * <p>Segments are steps that pass their selected nodes to the next step; the last step takes the result. Steps are at
 * most as deep as the query has segments, never as deep as the text.
 */
public interface Step {

    /** The result of a step that did not meet the end of the node's value. */
    int END_UNKNOWN = -1;
    /** The result of a step that wants no further nodes. */
    int STOP = -2;

    /**
     * Takes a node.
     *
     * @param start where the node's value starts
     * @return the end of the value if the step knows it, so that the caller need not scan the value again; or
     *     {@link #END_UNKNOWN}, or {@link #STOP}
     */
    int take(Evaluation run, int start);
}
