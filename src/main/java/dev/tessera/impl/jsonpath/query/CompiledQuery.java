package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import java.util.List;

/** A whole query, ready to run over any number of texts; immutable. */
public final class CompiledQuery {

    private final Step chain;
    private final int registerCount;

    public CompiledQuery(List<Segment> segments, int registerCount) {
        this.registerCount = registerCount;
        this.chain = Segment.link(segments, (run, start) -> run.sink.accept(run, start) ? Step.END_UNKNOWN : Step.STOP);
    }

    /** Passes every selected node to the sink, until the sink wants no more. */
    public void run(JsonNavigator text, int root, ResultSink sink) {
        chain.take(new Evaluation(text, root, registerCount, sink), root);
    }
}
