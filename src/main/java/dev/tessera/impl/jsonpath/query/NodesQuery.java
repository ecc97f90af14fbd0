package dev.tessera.impl.jsonpath.query;

import java.util.List;

/**
 * A query in a filter that may select many nodes. The filter needs only their number, up to a limit, and the first one.
 *
 * <p>If it is absolute, its result is the same for every child, so it runs once.
 */
public final class NodesQuery {

    private final boolean absolute;
    private final int countRegister;
    private final int firstRegister;
    private final int limit;
    private final Step chain;

    /**
     * Makes a query.
     *
     * @param countRegister holds the number of nodes
     * @param firstRegister holds the start of the first node's value
     * @param limit the number of nodes after which the run ends
     */
    public NodesQuery(boolean absolute, List<Segment> segments, int countRegister, int firstRegister, int limit) {
        this.absolute = absolute;
        this.countRegister = countRegister;
        this.firstRegister = firstRegister;
        this.limit = limit;
        this.chain = Segment.link(segments, this::count);
    }

    private int count(Evaluation run, int start) {
        int before = run.registers[countRegister]++;
        if (before == 0) {
            run.registers[firstRegister] = start;
        }
        return before + 1 >= limit ? Step.STOP : Step.END_UNKNOWN;
    }

    /** Returns the number of nodes, at most the limit. */
    int nodes(Evaluation run, int current) {
        if (!absolute || run.registers[countRegister] == Evaluation.UNSET) {
            run.registers[countRegister] = 0;
            int depth = run.path.depth();
            chain.take(run, absolute ? run.root : current);
            run.path.cutTo(depth);
        }
        return run.registers[countRegister];
    }

    /** Returns the start of the first node's value; only after a run that found one. */
    int first(Evaluation run) {
        return run.registers[firstRegister];
    }
}
