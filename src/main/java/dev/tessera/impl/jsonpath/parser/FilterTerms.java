package dev.tessera.impl.jsonpath.parser;

import dev.tessera.impl.jsonpath.parser.Term.LiteralTerm;
import dev.tessera.impl.jsonpath.parser.Term.LogicalCall;
import dev.tessera.impl.jsonpath.parser.Term.QueryTerm;
import dev.tessera.impl.jsonpath.parser.Term.ValueCall;
import dev.tessera.impl.jsonpath.query.Condition;
import dev.tessera.impl.jsonpath.query.Existence;
import dev.tessera.impl.jsonpath.query.Functions;
import dev.tessera.impl.jsonpath.query.NameSelector;
import dev.tessera.impl.jsonpath.query.NodesQuery;
import dev.tessera.impl.jsonpath.query.Operand;
import dev.tessera.impl.jsonpath.query.RegexpFunction;
import dev.tessera.impl.jsonpath.query.Segment;
import dev.tessera.impl.jsonpath.query.SingularQuery;
import dev.tessera.impl.jsonpath.query.SingularStep;
import dev.tessera.impl.jsonpath.regexp.IRegexp;
import dev.tessera.impl.jsonpath.regexp.IRegexpException;
import dev.tessera.impl.jsonpath.text.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type rules of one filter: turns terms into operands, conditions and node queries, or reports why they cannot be.
 *
 * <p>It also hands out the registers that the filter puts the positions of its child's members into.
 */
final class FilterTerms {

    private static final Name LENGTH = new Name("length");

    private final QueryParser parser;
    private final Map<Name, Integer> members = new LinkedHashMap<>();

    FilterTerms(QueryParser parser) {
        this.parser = parser;
    }

    /** Returns the members of the child that the filter reads. */
    Name[] names() {
        return members.keySet().toArray(Name[]::new);
    }

    /** Returns their registers, in the same order. */
    int[] registers() {
        return members.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Makes one side of a comparison. */
    Operand comparable(Term term) {
        if (term instanceof QueryTerm query && query.singular() && !parser.strict() && endsInLength(query)) {
            List<Segment> segments = query.segments();
            return Functions.lengthShorthand(singular(query.absolute(), segments.subList(0, segments.size() - 1)));
        }
        return value(term, "cannot be compared");
    }

    private static boolean endsInLength(QueryTerm query) {
        List<Segment> segments = query.segments();
        if (segments.isEmpty()) {
            return false;
        }
        Segment last = segments.get(segments.size() - 1);
        return last.shorthand()
                && last.selectors().get(0) instanceof NameSelector selector
                && selector.name().equals(LENGTH);
    }

    /** Makes a test of a term that stands alone. */
    Condition test(Term term) {
        if (term instanceof QueryTerm query) {
            return query.singular()
                    ? Existence.of(singular(query.absolute(), query.segments()))
                    : Existence.of(nodes(query, 1));
        }
        if (term instanceof LogicalCall call) {
            return call.condition();
        }
        if (term instanceof ValueCall call) {
            throw error(term, "the result of " + call.function() + "() must be compared");
        }
        throw error(term, "a literal must be compared");
    }

    Operand valueFunction(FunctionSignature function, List<Term> arguments) {
        Term argument = arguments.get(0);
        if (function.parameters().get(0) == FunctionSignature.Type.NODES && !(argument instanceof QueryTerm)) {
            throw error(argument, "the argument of " + function.functionName() + "() must be a query");
        }
        return switch (function) {
            case LENGTH -> Functions.length(valueArgument(function, argument));
            case COUNT -> Functions.count(nodes((QueryTerm) argument, Integer.MAX_VALUE));
            case VALUE -> Functions.value(nodes((QueryTerm) argument, 2));
            default -> throw new IllegalArgumentException(function + " has no value");
        };
    }

    Condition regexpFunction(FunctionSignature function, List<Term> arguments) {
        boolean whole = function == FunctionSignature.MATCH;
        Operand text = valueArgument(function, arguments.get(0));
        Operand expression = valueArgument(function, arguments.get(1));
        if (arguments.get(1) instanceof LiteralTerm literal) {
            String pattern = literal.literal().stringOrNull();
            if (pattern != null) {
                return RegexpFunction.of(whole, text, compile(literal, pattern));
            }
        }
        return RegexpFunction.of(whole, text, expression);
    }

    /**
     * An expression that is not I-Regexp matches nothing, as the RFC asks; the parser refuses one that is too large.
     */
    private Optional<IRegexp> compile(LiteralTerm literal, String pattern) {
        try {
            IRegexp regexp = IRegexp.compile(pattern);
            if (!parser.admitsRegexpSteps(regexp.steps())) {
                throw error(
                        literal,
                        "the regular expressions of the path have more than " + IRegexp.STEPS_MAX + " steps together");
            }
            return Optional.of(regexp);
        } catch (IRegexpException e) {
            if (e.tooLarge()) {
                throw error(literal, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private Operand valueArgument(FunctionSignature function, Term argument) {
        return value(argument, "cannot be an argument of " + function.functionName() + "()");
    }

    private Operand value(Term term, String cannot) {
        if (term instanceof LiteralTerm literal) {
            return new Operand.LiteralOperand(literal.literal());
        }
        if (term instanceof ValueCall call) {
            return call.operand();
        }
        if (term instanceof QueryTerm query) {
            if (!query.singular()) {
                throw error(
                        term,
                        "a query that may select several nodes " + cannot
                                + "; only names and indexes may be used here, "
                                + "without blank space inside their brackets");
            }
            return singular(query.absolute(), query.segments());
        }
        String what =
                term instanceof LogicalCall call ? "the result of " + call.function() + "()" : "a logical expression";
        throw error(term, what + " " + cannot);
    }

    private SingularQuery singular(boolean absolute, List<Segment> segments) {
        List<SingularStep> steps = new ArrayList<>();
        for (Segment segment : segments) {
            steps.add((SingularStep) segment.selectors().get(0));
        }
        int register = SingularQuery.NO_REGISTER;
        if (absolute) {
            register = parser.newRegister();
        } else if (!steps.isEmpty() && steps.get(0) instanceof NameSelector first) {
            register = members.computeIfAbsent(first.name(), name -> parser.newRegister());
        }
        return new SingularQuery(absolute, steps, register);
    }

    private NodesQuery nodes(QueryTerm query, int limit) {
        return new NodesQuery(query.absolute(), query.segments(), parser.newRegister(), parser.newRegister(), limit);
    }

    private JsonPathSyntaxException error(Term term, String what) {
        return parser.reader().errorAt(term.position(), what);
    }
}
