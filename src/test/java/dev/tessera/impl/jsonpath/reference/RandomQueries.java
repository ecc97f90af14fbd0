package dev.tessera.impl.jsonpath.reference;

import dev.tessera.impl.jsonpath.reference.Query.Filter;
import dev.tessera.impl.jsonpath.reference.Query.Index;
import dev.tessera.impl.jsonpath.reference.Query.NameOf;
import dev.tessera.impl.jsonpath.reference.Query.Segment;
import dev.tessera.impl.jsonpath.reference.Query.Selector;
import dev.tessera.impl.jsonpath.reference.Query.Slice;
import dev.tessera.impl.jsonpath.reference.Query.Wildcard;
import dev.tessera.impl.jsonpath.reference.Tree.Num;
import dev.tessera.impl.jsonpath.reference.Tree.Str;
import dev.tessera.impl.jsonpath.reference.Tree.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A generator of random queries. */
public final class RandomQueries {

    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");

    private final Random random;

    public RandomQueries(Random random) {
        this.random = random;
    }

    /** Returns a random query over a whole document. */
    public Query query() {
        return query("$", 2);
    }

    private Query query(String start, int filterDepth) {
        List<Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Selector> selectors = new ArrayList<>();
            for (int j = 1 + random.nextInt(5) / 4; j > 0; j--) {
                selectors.add(selector(filterDepth));
            }
            segments.add(new Segment(random.nextInt(5) == 0, selectors));
        }
        return new Query(start, segments);
    }

    private Selector selector(int filterDepth) {
        return switch (random.nextInt(filterDepth > 0 ? 7 : 5)) {
            case 0 -> new Index(random.nextInt(7) - 3);
            case 1 -> new Slice(bound(), bound(), bound());
            case 2 -> new Wildcard();
            case 3, 4 -> new NameOf(Samples.name(random));
            default -> new Filter(expression(filterDepth - 1, 2));
        };
    }

    private Integer bound() {
        return random.nextInt(3) == 0 ? null : Integer.valueOf(random.nextInt(9) - 4);
    }

    private Expression expression(int filterDepth, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> new Expression.Exists(query(start(), filterDepth));
            case 1, 2, 3, 4 ->
                new Expression.Compared(
                        operand(filterDepth), OPERATORS.get(random.nextInt(OPERATORS.size())), operand(filterDepth));
            case 5 -> new Expression.Negated(expression(filterDepth, depth - 1));
            default ->
                new Expression.Joined(
                        random.nextBoolean() ? "&&" : "||",
                        List.of(expression(filterDepth, depth - 1), expression(filterDepth, depth - 1)));
        };
    }

    private Expression.Operand operand(int filterDepth) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Expression.Literal(literal());
            case 2, 3 -> new Expression.ValueOf(singular());
            case 4 -> new Expression.LengthOf(singular());
            case 5 -> new Expression.Call("length", singular());
            default -> new Expression.Call(random.nextBoolean() ? "count" : "value", query(start(), filterDepth));
        };
    }

    private Tree literal() {
        return switch (random.nextInt(4)) {
            case 0 -> new Num(Samples.NUMBERS.get(random.nextInt(Samples.NUMBERS.size())));
            case 1 -> new Str(Samples.STRINGS.get(random.nextInt(Samples.STRINGS.size())));
            case 2 -> new Word(List.of("true", "false", "null").get(random.nextInt(3)));
            default -> new Num(Integer.toString(random.nextInt(4)));
        };
    }

    private Query singular() {
        List<Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Selector selector =
                    random.nextInt(3) == 0 ? new Index(random.nextInt(5) - 2) : new NameOf(Samples.name(random));
            segments.add(new Segment(false, List.of(selector)));
        }
        return new Query(start(), segments);
    }

    private String start() {
        return random.nextInt(5) == 0 ? "$" : "@";
    }
}
