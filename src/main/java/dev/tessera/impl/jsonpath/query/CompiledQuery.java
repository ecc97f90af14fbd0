package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole query, ready to run over any number of texts; immutable. */
public final class CompiledQuery {

    private final List<Segment> segments;
    private final Step chain;
    private final int registerCount;

    public CompiledQuery(List<Segment> segments, int registerCount) {
        this.segments = List.copyOf(segments);
        this.registerCount = registerCount;
        this.chain = Segment.link(segments, (run, start) -> run.sink.accept(run, start) ? Step.END_UNKNOWN : Step.STOP);
    }

    /** Passes every selected node to the sink, until the sink wants no more. */
    public void run(JsonNavigator text, int root, ResultSink sink) {
        chain.take(new Evaluation(text, root, registerCount, sink), root);
    }

    /** Returns the steps of the query if each of them is a name or an index; otherwise null. */
    public @Nullable List<SingularStep> singularSteps() {
        List<SingularStep> steps = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            if (segment.descendant()
                    || segment.selectors().size() != 1
                    || !(segment.selectors().get(0) instanceof SingularStep step)) {
                return null;
            }
            steps.add(step);
        }
        return steps;
    }
}
