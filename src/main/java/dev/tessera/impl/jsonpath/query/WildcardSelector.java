package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;

/** Selects all children. */
public record WildcardSelector() implements Selector {

    @Override
    public int select(Evaluation run, int start, Step next) {
        JsonNavigator text = run.text;
        if (!text.isContainer(start)) {
            return Step.END_UNKNOWN;
        }
        boolean object = text.isObject(start);
        int index = 0;
        int at = text.first(start);
        while (at >= 0) {
            int value = object ? text.memberValue(at) : at;
            run.path.push(object ? at : ~index++);
            int end = next.take(run, value);
            run.path.pop();
            if (end == Step.STOP) {
                return Step.STOP;
            }
            at = text.next(end == Step.END_UNKNOWN ? text.end(value) : end);
        }
        return ~at;
    }
}
