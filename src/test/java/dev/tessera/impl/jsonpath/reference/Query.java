package dev.tessera.impl.jsonpath.reference;

import dev.tessera.impl.jsonpath.reference.Tree.Arr;
import java.util.ArrayList;
import java.util.List;

/** A query as a tree. It writes itself as JSONPath, and evaluates itself list by list, in the words of RFC 9535. */
public record Query(String start, List<Segment> segments) {

    /** A segment. */
    public record Segment(boolean descendant, List<Selector> selectors) {

        List<Node> apply(Node node, Node root) {
            List<Node> result = new ArrayList<>();
            selectors.forEach(selector -> result.addAll(selector.select(node, root)));
            if (descendant) {
                node.children().forEach(child -> result.addAll(apply(child, root)));
            }
            return result;
        }

        @Override
        public String toString() {
            return (descendant ? ".." : "") + "["
                    + String.join(",", selectors.stream().map(Object::toString).toList()) + "]";
        }
    }

    /** A selector. */
    public interface Selector {
        List<Node> select(Node node, Node root);
    }

    /** A name. */
    record NameOf(String name) implements Selector {
        @Override
        public List<Node> select(Node node, Node root) {
            Node member = node.member(name);
            return member == null ? List.of() : List.of(member);
        }

        @Override
        public String toString() {
            return Expression.quoted(name);
        }
    }

    /** An index. */
    record Index(int index) implements Selector {
        @Override
        public List<Node> select(Node node, Node root) {
            if (!(node.value() instanceof Arr array)) {
                return List.of();
            }
            int normal = index < 0 ? index + array.elements().size() : index;
            return normal < 0 || normal >= array.elements().size()
                    ? List.of()
                    : List.of(node.children().get(normal));
        }

        @Override
        public String toString() {
            return Integer.toString(index);
        }
    }

    /** A slice, after the pseudo-code of RFC 9535, section 2.3.4.2.2. */
    record Slice(Integer start, Integer end, Integer step) implements Selector {
        @Override
        public List<Node> select(Node node, Node root) {
            List<Node> result = new ArrayList<>();
            int by = step == null ? 1 : step;
            if (!(node.value() instanceof Arr) || by == 0) {
                return result;
            }
            List<Node> children = node.children();
            int length = children.size();
            int first = normal(start == null ? by > 0 ? 0 : length - 1 : start, length);
            int last = normal(end == null ? by > 0 ? length : -length - 1 : end, length);
            if (by > 0) {
                for (int i = Math.min(Math.max(first, 0), length); i < Math.min(Math.max(last, 0), length); i += by) {
                    result.add(children.get(i));
                }
            } else {
                int lower = Math.min(Math.max(last, -1), length - 1);
                for (int i = Math.min(Math.max(first, -1), length - 1); lower < i; i += by) {
                    result.add(children.get(i));
                }
            }
            return result;
        }

        private static int normal(int i, int length) {
            return i >= 0 ? i : length + i;
        }

        @Override
        public String toString() {
            return (start == null ? "" : start) + ":" + (end == null ? "" : end) + (step == null ? "" : ":" + step);
        }
    }

    /** All children. */
    record Wildcard() implements Selector {
        @Override
        public List<Node> select(Node node, Node root) {
            return node.children();
        }

        @Override
        public String toString() {
            return "*";
        }
    }

    /** A filter. */
    record Filter(Expression expression) implements Selector {
        @Override
        public List<Node> select(Node node, Node root) {
            return node.children().stream()
                    .filter(child -> expression.test(child, root))
                    .toList();
        }

        @Override
        public String toString() {
            return "?" + expression;
        }
    }

    /** Evaluates the query. For the whole query both nodes are the root. */
    public List<Node> nodes(Node current, Node root) {
        List<Node> nodes = List.of(start.equals("$") ? root : current);
        for (Segment segment : segments) {
            nodes = nodes.stream()
                    .flatMap(node -> segment.apply(node, root).stream())
                    .toList();
        }
        return nodes;
    }

    @Override
    public String toString() {
        return start + String.join("", segments.stream().map(Object::toString).toList());
    }
}
