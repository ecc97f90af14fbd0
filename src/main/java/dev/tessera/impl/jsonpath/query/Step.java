package dev.tessera.impl.jsonpath.query;

/**
 * One step of a query: what is done with a node that has come this far.
 *
 * <p>Segments are steps that hand the nodes they select to the step behind them; the last step takes the result. Steps
 * are at most as deep as the query has segments, never as deep as the text.
 */
public interface Step {

    /** The answer of a step that did not come across the end of the node's value. */
    int END_UNKNOWN = -1;
    /** The answer of a step that wants no further nodes. */
    int STOP = -2;

    /**
     * Takes a node.
     *
     * @param start where the node's value starts
     * @return where it ends, if the step happens to know, which saves its caller from scanning it again; or
     *     {@link #END_UNKNOWN}, or {@link #STOP}
     */
    int take(Evaluation run, int start);
}
