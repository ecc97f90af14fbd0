package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.query.Operand.LiteralOperand;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonValue;
import dev.tessera.impl.jsonpath.text.Literal;
import dev.tessera.impl.jsonpath.text.Relation;
import org.jspecify.annotations.Nullable;

/** A comparison of two operands (RFC 9535, section 2.3.5.2.2). */
public final class Comparison {

    private Comparison() {}

    /** Makes a comparison. The usual one, of a query with a literal, allocates nothing. */
    public static Condition of(Operand left, ComparisonOperator operator, Operand right) {
        if (left instanceof SingularQuery query && right instanceof LiteralOperand literal) {
            return new WithLiteral(query, operator, literal.literal());
        }
        if (left instanceof LiteralOperand literal && right instanceof SingularQuery query) {
            return new WithLiteral(query, operator.mirrored(), literal.literal());
        }
        return new OfValues(left, operator, right);
    }

    private record WithLiteral(SingularQuery query, ComparisonOperator operator, Literal literal) implements Condition {
        @Override
        public boolean test(Evaluation run, int current) {
            int start = query.locate(run, current);
            if (start == JsonNavigator.ABSENT) {
                return operator.holds(Relation.UNRELATED);
            }
            if (operator.needsOrder()) {
                return operator.holds(literal.relation(run.text, start));
            }
            return literal.equalTo(run.text, start) == (operator == ComparisonOperator.EQUAL);
        }
    }

    private record OfValues(Operand left, ComparisonOperator operator, Operand right) implements Condition {
        @Override
        public boolean test(Evaluation run, int current) {
            run.text.budget().spend(1);
            @Nullable JsonValue leftValue = left.value(run, current);
            @Nullable JsonValue rightValue = right.value(run, current);
            return operator.holds(relation(leftValue, rightValue));
        }

        /** Nothing equals Nothing, and relates to no value. */
        private static Relation relation(@Nullable JsonValue left, @Nullable JsonValue right) {
            if (left == null || right == null) {
                return left == null && right == null ? Relation.EQUAL : Relation.UNRELATED;
            }
            return left.relation(right);
        }
    }
}
