package dev.tessera.impl.jsonpath.query;

import java.util.List;

/**
 * A parsed segment, before it is linked to the next one.
 *
 * @param descendant whether it was written with two dots
 * @param singular whether it can be part of a singular query: one name or index, in the form the grammar asks for
 * @param shorthand whether it is a name after a dot
 */
public record Segment(boolean descendant, List<Selector> selectors, boolean singular, boolean shorthand) {

    /** Links segments into a chain that passes its nodes to {@code last}. */
    public static Step link(List<Segment> segments, Step last) {
        Step next = last;
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.get(i);
            Step child = new ChildSegment(segment.selectors, next);
            next = segment.descendant ? new DescendantSegment(child) : child;
        }
        return next;
    }
}
