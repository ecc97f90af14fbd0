package dev.tessera.impl.jsonpath.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A JSON value as a tree. Members keep their order and may repeat names. */
public sealed interface Tree {

    /** An object. */
    record Obj(List<Member> members) implements Tree {}

    /** A member. */
    record Member(String name, Tree value) {}

    /** An array. */
    record Arr(List<Tree> elements) implements Tree {}

    /** A string. */
    record Str(String value) implements Tree {}

    /** A number, as it is written. */
    record Num(String text) implements Tree {}

    /** {@code true}, {@code false} or {@code null}. */
    record Word(String text) implements Tree {}

    /** Returns whether two values are equal by RFC 9535. If a name repeats, the last member counts. */
    static boolean equal(Tree a, Tree b) {
        if (a instanceof Num x && b instanceof Num y) {
            return new BigDecimal(x.text).compareTo(new BigDecimal(y.text)) == 0;
        }
        if (a instanceof Arr x && b instanceof Arr y) {
            boolean same = x.elements.size() == y.elements.size();
            for (int i = 0; same && i < x.elements.size(); i++) {
                same = equal(x.elements.get(i), y.elements.get(i));
            }
            return same;
        }
        if (a instanceof Obj x && b instanceof Obj y) {
            Map<String, Tree> first = lastOfEachName(x);
            Map<String, Tree> second = lastOfEachName(y);
            return first.keySet().equals(second.keySet())
                    && first.keySet().stream().allMatch(name -> equal(first.get(name), second.get(name)));
        }
        return a.equals(b);
    }

    private static Map<String, Tree> lastOfEachName(Obj object) {
        Map<String, Tree> members = new LinkedHashMap<>();
        object.members.forEach(member -> members.put(member.name, member.value));
        return members;
    }

    /** Returns a random value with few different names and scalars, so queries often match. */
    static Tree random(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 9 : 5);
        return switch (kind) {
            case 0 -> new Num(Samples.NUMBERS.get(random.nextInt(Samples.NUMBERS.size())));
            case 1 -> new Str(Samples.STRINGS.get(random.nextInt(Samples.STRINGS.size())));
            case 2 -> new Word(List.of("true", "false", "null").get(random.nextInt(3)));
            case 3 -> new Num(Integer.toString(random.nextInt(4)));
            case 4 -> new Str(Samples.NAMES.get(random.nextInt(3)));
            case 5, 6 -> {
                List<Tree> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(random(random, depth - 1));
                }
                yield new Arr(elements);
            }
            default -> {
                List<Member> members = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    members.add(new Member(Samples.name(random), random(random, depth - 1)));
                }
                yield new Obj(members);
            }
        };
    }
}
