package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import java.util.Arrays;

/**
 * One run of a query over one JSON text: the state that the immutable query cannot keep.
 *
 * <p>Registers hold positions and counters. The parser assigns one to each place in the query. A run leaves a place
 * before it enters it again, so one register is enough. Used by one thread.
 */
public final class Evaluation {

    /** The content of a register that this run has not set. */
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

    /** Returns the path of the node that the sink receives. */
    public NodePath path() {
        return path;
    }
}
