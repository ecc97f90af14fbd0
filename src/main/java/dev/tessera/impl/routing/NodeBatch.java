package dev.tessera.impl.routing;

import java.util.List;

/**
 * The calls that one dispatcher sends to the node together: what one event-bus message carries.
 *
 * @param calls in the order in which they came
 */
public record NodeBatch(List<NodeCall> calls) {

    /** Where the node takes them: the event-bus address for {@link BatchBus#receive}. */
    public static final String ADDRESS = "tessera.node";
}
