package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query in a filter that selects one node at most: names and indexes only.
 *
 * <p>If it is absolute, its node is the same for every child: a run looks for it once and keeps it in a register. If it
 * is relative and starts with a name, the filter has put that member's position into the register.
 */
public final class SingularQuery implements Operand {

    /** The register of a relative query that does not start with a name. */
    public static final int NO_REGISTER = -1;

    private final boolean absolute;
    private final SingularStep[] steps;
    private final int register;

    public SingularQuery(boolean absolute, List<SingularStep> steps, int register) {
        this.absolute = absolute;
        this.steps = steps.toArray(SingularStep[]::new);
        this.register = register;
    }

    /** Returns the start of the node's value, or {@link JsonNavigator#ABSENT}. */
    int locate(Evaluation run, int current) {
        run.text.budget().spend(1);
        if (absolute) {
            if (run.registers[register] == Evaluation.UNSET) {
                run.registers[register] = follow(run, run.root, 0);
            }
            return run.registers[register];
        }
        if (register == NO_REGISTER) {
            return follow(run, current, 0);
        }
        return steps.length == 1 ? run.registers[register] : follow(run, run.registers[register], 1);
    }

    private int follow(Evaluation run, int start, int firstStep) {
        for (int i = firstStep; i < steps.length && start != JsonNavigator.ABSENT; i++) {
            start = steps[i].locate(run.text, start);
        }
        return start;
    }

    @Override
    public @Nullable JsonValue value(Evaluation run, int current) {
        int start = locate(run, current);
        return start == JsonNavigator.ABSENT ? null : new JsonValue(run.text, start);
    }
}
