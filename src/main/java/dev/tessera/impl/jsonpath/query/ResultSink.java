package dev.tessera.impl.jsonpath.query;

/** Takes the nodes that the whole query selects, in order. */
@FunctionalInterface
public interface ResultSink {

    /**
     * Takes one node.
     *
     * @param start where its value starts
     * @return whether to go on; {@code false} ends the run
     */
    boolean accept(Evaluation evaluation, int start);
}
