package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonValue;
import dev.tessera.impl.jsonpath.text.Literal;
import org.jspecify.annotations.Nullable;

/** An expression with a value: one side of a comparison, or an argument of a function that takes a value. */
public interface Operand {

    /** Returns the value for the child at {@code current}, or null for RFC 9535's special result Nothing. */
    @Nullable
    JsonValue value(Evaluation run, int current);

    /** A literal of the query. */
    record LiteralOperand(Literal literal) implements Operand {
        @Override
        public JsonValue value(Evaluation run, int current) {
            return literal.value(run.text.budget());
        }
    }
}
