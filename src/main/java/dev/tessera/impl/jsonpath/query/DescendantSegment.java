package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;

/**
 * A descendant segment: applies its selectors to a node and to everything below it, each node before its children.
 *
 * <p>The walk does not recurse. The path of the current node is its stack: an entry tells whether the parent is an
 * object or an array, and in an array which index comes next.
 */
final class DescendantSegment implements Step {

    private final Step selectors;

    DescendantSegment(Step selectors) {
        this.selectors = selectors;
    }

    @Override
    public int take(Evaluation run, int start) {
        JsonNavigator text = run.text;
        NodePath path = run.path;
        if (!text.isContainer(start)) {
            return END_UNKNOWN;
        }
        if (selectors.take(run, start) == STOP) {
            return STOP;
        }
        int base = path.depth();
        boolean object = text.isObject(start);
        int index = 0;
        int at = text.first(start);
        while (at >= 0 || path.depth() > base) {
            if (at < 0) {
                int entry = path.pop();
                object = entry >= 0;
                index = object ? 0 : ~entry + 1;
                at = text.next(~at);
                continue;
            }
            int value = object ? text.memberValue(at) : at;
            if (!text.isContainer(value)) {
                index++;
                at = text.next(text.end(value));
                continue;
            }
            path.push(object ? at : ~index);
            if (selectors.take(run, value) == STOP) {
                return STOP;
            }
            object = text.isObject(value);
            index = 0;
            at = text.first(value);
        }
        return ~at;
    }
}
