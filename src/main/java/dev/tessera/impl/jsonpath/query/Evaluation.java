package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import java.util.Arrays;

/**
 * One run of a query over one JSON text: what the compiled query may not keep in itself.
 *
 * <p>Registers hold positions and counters. Each belongs to one place in the query, which the parser assigned: no place
 * of a query is ever entered again before it was left, so one register each is enough. Used by one thread.
 */
public final class Evaluation {

    /** The content of a register that nothing was put into during this run. */
    static final int UNSET = Integer.MIN_VALUE;

    final JsonNavigator text;
    final int root;
    final NodePath path;
    final int[] registers;
    final ResultSink sink;

    public Evaluation(JsonNavigator text, int root, int registerCount, ResultSink sink) {
        this.text = text;
        this.root = root;
        this.sink = sink;
        this.path = new NodePath(text);
        this.registers = new int[registerCount];
        Arrays.fill(registers, UNSET);
    }

    /** Returns where the node is that is being handed to the sink. */
    public NodePath path() {
        return path;
    }
}
