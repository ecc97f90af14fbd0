package dev.tessera.impl.jsonpath.query;

import java.util.List;

/** A child segment: the children that each of its selectors selects, one selector after the other. */
final class ChildSegment implements Step {

    private final Selector[] selectors;
    private final Step next;

    ChildSegment(List<Selector> selectors, Step next) {
        this.selectors = selectors.toArray(Selector[]::new);
        this.next = next;
    }

    @Override
    public int take(Evaluation run, int start) {
        int end = END_UNKNOWN;
        for (Selector selector : selectors) {
            run.text.budget().spend(1);
            int answer = selector.select(run, start, next);
            if (answer == STOP) {
                return STOP;
            }
            end = Math.max(end, answer);
        }
        return end;
    }
}
