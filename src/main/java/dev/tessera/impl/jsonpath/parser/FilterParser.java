package dev.tessera.impl.jsonpath.parser;

import dev.tessera.impl.jsonpath.parser.Term.LiteralTerm;
import dev.tessera.impl.jsonpath.parser.Term.LogicalCall;
import dev.tessera.impl.jsonpath.parser.Term.LogicalTerm;
import dev.tessera.impl.jsonpath.parser.Term.QueryTerm;
import dev.tessera.impl.jsonpath.parser.Term.ValueCall;
import dev.tessera.impl.jsonpath.query.Comparison;
import dev.tessera.impl.jsonpath.query.ComparisonOperator;
import dev.tessera.impl.jsonpath.query.Condition;
import dev.tessera.impl.jsonpath.query.FilterSelector;
import dev.tessera.impl.jsonpath.text.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parser of one filter selector, after its question mark (RFC 9535, section 2.3.5). */
final class FilterParser {

    private final QueryParser parser;
    private final QueryReader reader;
    private final FilterTerms terms;

    FilterParser(QueryParser parser) {
        this.parser = parser;
        this.reader = parser.reader();
        this.terms = new FilterTerms(parser);
    }

    FilterSelector parse() {
        parser.enter();
        Condition condition = anyOf(null);
        parser.leave();
        return new FilterSelector(condition, terms.names(), terms.registers());
    }

    /** Reads alternatives; their first term may have been read already. */
    private Condition anyOf(@Nullable Term first) {
        List<Condition> parts = new ArrayList<>();
        parts.add(allOf(first));
        while (acceptBehindSpace("||")) {
            reader.space();
            parts.add(allOf(null));
        }
        return parts.size() == 1 ? parts.get(0) : Condition.anyOf(parts);
    }

    private Condition allOf(@Nullable Term first) {
        List<Condition> parts = new ArrayList<>();
        parts.add(basic(first));
        while (acceptBehindSpace("&&")) {
            reader.space();
            parts.add(basic(null));
        }
        return parts.size() == 1 ? parts.get(0) : Condition.allOf(parts);
    }

    private boolean acceptBehindSpace(String operator) {
        int before = reader.position();
        reader.space();
        if (reader.accept(operator)) {
            return true;
        }
        reader.reset(before);
        return false;
    }

    private Condition basic(@Nullable Term first) {
        if (first != null) {
            return comparisonOrTest(first);
        }
        if (reader.accept('!')) {
            reader.space();
            return Condition.not(reader.peek() == '(' ? parenthesis() : terms.test(term()));
        }
        return reader.peek() == '(' ? parenthesis() : comparisonOrTest(term());
    }

    private Condition parenthesis() {
        parser.enter();
        reader.take();
        reader.space();
        Condition inner = anyOf(null);
        reader.space();
        reader.expect(')', "after the expression");
        parser.leave();
        return inner;
    }

    private Condition comparisonOrTest(Term left) {
        int before = reader.position();
        reader.space();
        ComparisonOperator operator = operator();
        if (operator == null) {
            reader.reset(before);
            return terms.test(left);
        }
        reader.space();
        Term right = term();
        return Comparison.of(terms.comparable(left), operator, terms.comparable(right));
    }

    private @Nullable ComparisonOperator operator() {
        if (reader.accept("==")) {
            return ComparisonOperator.EQUAL;
        }
        if (reader.accept("!=")) {
            return ComparisonOperator.NOT_EQUAL;
        }
        if (reader.accept('<')) {
            return reader.accept('=') ? ComparisonOperator.LESS_OR_EQUAL : ComparisonOperator.LESS;
        }
        if (reader.accept('>')) {
            return reader.accept('=') ? ComparisonOperator.GREATER_OR_EQUAL : ComparisonOperator.GREATER;
        }
        if (reader.peek() == '=') {
            throw reader.error("there is no operator '='; equality is '=='");
        }
        return null;
    }

    private Term term() {
        int start = reader.position();
        if (parser.literals().nextIsString()) {
            return new LiteralTerm(start, Literal.ofString(parser.literals().string()));
        }
        if (parser.literals().nextIsNumber()) {
            return new LiteralTerm(start, parser.literals().number());
        }
        if (reader.peek() == '@' || reader.peek() == '$') {
            return new QueryTerm(start, reader.take() == '$', parser.segments());
        }
        if (reader.peek() >= 'a' && reader.peek() <= 'z') {
            return word(start);
        }
        throw reader.error("expected '@', '$', a literal or a function, found " + reader.found());
    }

    private Term word(int start) {
        while (isFunctionNameCharacter(reader.peek())) {
            reader.take();
        }
        String word = reader.since(start);
        if (reader.peek() == '(') {
            return call(start, word);
        }
        return switch (word) {
            case "true" -> new LiteralTerm(start, Literal.TRUE);
            case "false" -> new LiteralTerm(start, Literal.FALSE);
            case "null" -> new LiteralTerm(start, Literal.NULL);
            default ->
                throw reader.errorAt(
                        start, "'" + word + "' is not true, false, null or a function with its '(' directly after it");
        };
    }

    private static boolean isFunctionNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || c == '_' || QueryReader.isDigit(c);
    }

    private Term call(int start, String name) {
        FunctionSignature function = FunctionSignature.named(name);
        if (function == null) {
            throw reader.errorAt(start, "there is no function " + name + "()");
        }
        parser.enter();
        reader.take();
        List<Term> arguments = arguments();
        parser.leave();
        if (arguments.size() != function.parameters().size()) {
            throw reader.errorAt(
                    start,
                    name + "() takes " + function.parameters().size() + " argument"
                            + (function.parameters().size() == 1 ? "" : "s") + ", not " + arguments.size());
        }
        return switch (function) {
            case LENGTH, COUNT, VALUE -> new ValueCall(start, name, terms.valueFunction(function, arguments));
            case MATCH, SEARCH -> new LogicalCall(start, name, terms.regexpFunction(function, arguments));
        };
    }

    private List<Term> arguments() {
        List<Term> arguments = new ArrayList<>();
        reader.space();
        if (reader.accept(')')) {
            return arguments;
        }
        do {
            reader.space();
            arguments.add(argument());
            reader.space();
        } while (reader.accept(','));
        reader.expect(')', "or ',' after an argument");
        return arguments;
    }

    private Term argument() {
        int start = reader.position();
        if (reader.peek() == '!' || reader.peek() == '(') {
            return new LogicalTerm(start, anyOf(null));
        }
        Term term = term();
        int after = reader.position();
        reader.space();
        boolean alone = reader.peek() == ',' || reader.peek() == ')';
        reader.reset(after);
        return alone ? term : new LogicalTerm(start, anyOf(term));
    }
}
