package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.Name;

/**
 * Selects the children for which an expression is true.
 *
 * <p>The members that the expression reads of a child ({@code @.make}, {@code @.price}) are found in one walk over the
 * child. The walk also finds its end, so a filter costs about one scan of the text, however many members it compares.
 */
public final class FilterSelector implements Selector {

    private final Condition condition;
    private final Name[] names;
    private final int[] registers;

    /**
     * Makes a filter.
     *
     * @param names the members of the child that the condition reads
     * @param registers where it expects their positions
     */
    public FilterSelector(Condition condition, Name[] names, int[] registers) {
        this.condition = condition;
        this.names = names.clone();
        this.registers = registers.clone();
    }

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
            int end = readMembers(run, value);
            if (condition.test(run, value)) {
                run.path.push(object ? at : ~index);
                text.rememberEnd(value, end);
                int answer = next.take(run, value);
                run.path.pop();
                if (answer == Step.STOP) {
                    return Step.STOP;
                }
            }
            index++;
            at = text.next(end);
        }
        return ~at;
    }

    private int readMembers(Evaluation run, int child) {
        if (run.text.isObject(child) && names.length > 0) {
            return run.text.findMembers(child, names, registers, run.registers);
        }
        for (int register : registers) {
            run.registers[register] = JsonNavigator.ABSENT;
        }
        return run.text.end(child);
    }
}
