package dev.tessera.impl.jsonpath.parser;

import dev.tessera.impl.jsonpath.query.Condition;
import dev.tessera.impl.jsonpath.query.Operand;
import dev.tessera.impl.jsonpath.query.Segment;
import dev.tessera.impl.jsonpath.text.Literal;
import java.util.List;

/** A part of a filter expression. Its use, and so its type, is unknown until the parser has read the following text. */
sealed interface Term {

    /** Returns the position where it starts, for messages. */
    int position();

    /** A literal. */
    record LiteralTerm(int position, Literal literal) implements Term {}

    /** A query: a value if it is singular and compared, an existence test if it stands alone, nodes for a function. */
    record QueryTerm(int position, boolean absolute, List<Segment> segments) implements Term {

        boolean singular() {
            return segments.stream().allMatch(Segment::singular);
        }
    }

    /** A call of a function that has a value. */
    record ValueCall(int position, String function, Operand operand) implements Term {}

    /** A call of a function that is true or false. */
    record LogicalCall(int position, String function, Condition condition) implements Term {}

    /** A logical expression as an argument of a function. */
    record LogicalTerm(int position, Condition condition) implements Term {}
}
