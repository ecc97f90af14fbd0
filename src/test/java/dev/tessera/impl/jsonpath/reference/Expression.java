package dev.tessera.impl.jsonpath.reference;

import dev.tessera.impl.jsonpath.reference.Tree.Arr;
import dev.tessera.impl.jsonpath.reference.Tree.Num;
import dev.tessera.impl.jsonpath.reference.Tree.Obj;
import dev.tessera.impl.jsonpath.reference.Tree.Str;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** A filter expression as a tree; toString writes it as JSONPath. */
interface Expression {

    boolean test(Node current, Node root);

    static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\u0001", "\\u0001")
                + "'";
    }

    /** Several expressions joined by an operator, in parentheses. */
    record Joined(String operator, List<Expression> parts) implements Expression {
        @Override
        public boolean test(Node current, Node root) {
            return operator.equals("&&")
                    ? parts.stream().allMatch(part -> part.test(current, root))
                    : parts.stream().anyMatch(part -> part.test(current, root));
        }

        @Override
        public String toString() {
            return "("
                    + String.join(
                            " " + operator + " ",
                            parts.stream().map(Object::toString).toList()) + ")";
        }
    }

    /** A negation. */
    record Negated(Expression part) implements Expression {
        @Override
        public boolean test(Node current, Node root) {
            return !part.test(current, root);
        }

        @Override
        public String toString() {
            return "!(" + part + ")";
        }
    }

    /** A test for existence. */
    record Exists(Query query) implements Expression {
        @Override
        public boolean test(Node current, Node root) {
            return !query.nodes(current, root).isEmpty();
        }

        @Override
        public String toString() {
            return query.toString();
        }
    }

    /** A comparison. */
    record Compared(Operand left, String operator, Operand right) implements Expression {
        @Override
        public boolean test(Node current, Node root) {
            Tree a = left.value(current, root);
            Tree b = right.value(current, root);
            return switch (operator) {
                case "==" -> equal(a, b);
                case "!=" -> !equal(a, b);
                case "<" -> less(a, b);
                case ">" -> less(b, a);
                case "<=" -> less(a, b) || equal(a, b);
                default -> less(b, a) || equal(a, b);
            };
        }

        private static boolean equal(Tree a, Tree b) {
            return (a == null || b == null) ? (a == null && b == null) : Tree.equal(a, b);
        }

        private static boolean less(Tree a, Tree b) {
            if (a instanceof Num x && b instanceof Num y) {
                return new BigDecimal(x.text()).compareTo(new BigDecimal(y.text())) < 0;
            }
            return a instanceof Str x
                    && b instanceof Str y
                    && Arrays.compare(
                                    x.value().codePoints().toArray(),
                                    y.value().codePoints().toArray())
                            < 0;
        }

        @Override
        public String toString() {
            return left + operator + right;
        }
    }

    /** One side of a comparison. */
    interface Operand {
        /** Returns the value, or null for Nothing. */
        Tree value(Node current, Node root);
    }

    /** A literal. */
    record Literal(Tree tree) implements Operand {
        @Override
        public Tree value(Node current, Node root) {
            return tree;
        }

        @Override
        public String toString() {
            return tree instanceof Str string
                    ? quoted(string.value())
                    : tree instanceof Num number ? number.text() : ((Tree.Word) tree).text();
        }
    }

    /** The value of a singular query. */
    record ValueOf(Query query) implements Operand {
        @Override
        public Tree value(Node current, Node root) {
            List<Node> nodes = query.nodes(current, root);
            return nodes.isEmpty() ? null : nodes.get(0).value();
        }

        @Override
        public String toString() {
            return query.toString();
        }
    }

    /** A query followed by the shorthand {@code .length}. */
    record LengthOf(Query query) implements Operand {
        @Override
        public Tree value(Node current, Node root) {
            List<Node> nodes = query.nodes(current, root);
            if (nodes.isEmpty()) {
                return null;
            }
            Node member = nodes.get(0).member("length");
            return nodes.get(0).value() instanceof Obj
                    ? member == null ? null : member.value()
                    : size(nodes.get(0).value());
        }

        static Tree size(Tree tree) {
            if (tree instanceof Str string) {
                return new Num(Integer.toString(
                        string.value().codePointCount(0, string.value().length())));
            }
            return tree instanceof Arr array
                    ? new Num(Integer.toString(array.elements().size()))
                    : null;
        }

        @Override
        public String toString() {
            return query + ".length";
        }
    }

    /** A call of {@code length}, {@code count} or {@code value}. */
    record Call(String function, Query query) implements Operand {
        @Override
        public Tree value(Node current, Node root) {
            List<Node> nodes = query.nodes(current, root);
            if (function.equals("count")) {
                return new Num(Integer.toString(nodes.size()));
            }
            if (function.equals("value")) {
                return nodes.size() == 1 ? nodes.get(0).value() : null;
            }
            Tree tree = nodes.isEmpty() ? null : nodes.get(0).value();
            return tree instanceof Obj object
                    ? new Num(Integer.toString(object.members().size()))
                    : LengthOf.size(tree);
        }

        @Override
        public String toString() {
            return function + "(" + query + ")";
        }
    }
}
