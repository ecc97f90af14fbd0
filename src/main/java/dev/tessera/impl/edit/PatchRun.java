package dev.tessera.impl.edit;

import dev.tessera.impl.edit.EditException.Reason;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.JsonValue;
import dev.tessera.impl.jsonpath.text.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One application of a JSON patch to one value.
 *
 * <p>An operation opens the containers on its path once; later operations find them open. So the time grows with the
 * value and the operations, not with their product. The value is limited after each operation, and so are the bytes
 * that copies allocate together. Used by one thread.
 */
final class PatchRun {

    /** The bytes that all copies of changed containers may allocate, as a multiple of the largest value. */
    static final int COPIES_MAX = 4;

    /** The least work of an operation in steps of the budget. */
    private static final int OPERATION_STEPS = 16;

    private final JsonPatch patch;
    private final Node root;
    private final int bytesMax;
    private final EvaluationBudget budget;
    /** The containers from the root to the parent of the place that was last found. */
    private final List<Container> way = new ArrayList<>();

    private int operation;
    private long copiedBytes;
    private boolean touched;

    PatchRun(JsonPatch patch, Node root, int bytesMax, EvaluationBudget budget) {
        this.patch = patch;
        this.root = root;
        this.bytesMax = bytesMax;
        this.budget = budget;
    }

    byte @Nullable [] run() {
        for (; operation < patch.size(); operation++) {
            budget.spend(OPERATION_STEPS);
            apply(patch.path(operation));
            PlaceEdit.requireBytes(root.valueLength(), bytesMax);
        }
        return touched ? NodeWriter.write(root, budget) : null;
    }

    private void apply(JsonPointer path) {
        JsonPatch.Kind kind = patch.kind(operation);
        touched |= kind != JsonPatch.Kind.TEST;
        switch (kind) {
            case ADD -> add(path, value());
            case REMOVE -> remove(path);
            case REPLACE -> replace(path, value());
            case MOVE -> move(patch.from(operation), path);
            case COPY -> add(path, copy(find(patch.from(operation))));
            case TEST -> test(path);
        }
    }

    private Node value() {
        return Node.of(patch.text(), patch.valueFrom(operation), patch.valueTo(operation));
    }

    // Operations

    private void add(JsonPointer path, Node value) {
        if (path.isRoot()) {
            root.take(value);
            return;
        }
        MemberName last = enter(path);
        Container parent = parent();
        long before = parent.length();
        if (!parent.isObject()) {
            int index = last.isDash() ? parent.used() : last.index();
            require(index >= 0 && index <= parent.used(), path);
            parent.insert(index, value);
        } else {
            int found = parent.find(last);
            if (found == Container.ABSENT) {
                Node member = Node.member(last.head(), value.text(), value.from(), value.to());
                member.take(value);
                parent.append(member);
            } else {
                parent.replace(parent.node(found), value);
            }
        }
        grewAround(parent.length() - before);
    }

    private void remove(JsonPointer path) {
        MemberName last = enter(path);
        Container parent = parent();
        long before = parent.length();
        if (parent.isObject()) {
            require(parent.remove(last), path);
        } else {
            parent.removeElement(element(parent, last, path));
        }
        grewAround(parent.length() - before);
    }

    private void replace(JsonPointer path, Node value) {
        Node node = find(path);
        if (node == root) {
            root.take(value);
            return;
        }
        Container parent = parent();
        long before = parent.length();
        parent.replace(node, value);
        grewAround(parent.length() - before);
    }

    private void move(JsonPointer from, JsonPointer path) {
        Node node = find(from);
        if (from.isEqualTo(path)) {
            return;
        }
        Node value = node.alone();
        remove(patch.from(operation));
        add(path, value);
    }

    /** Returns a copy of a value. A value that has not changed is a slice of a text, and costs nothing. */
    private Node copy(Node node) {
        if (node.container() == null) {
            return Node.of(node.text(), node.from(), node.to());
        }
        copiedBytes += node.valueLength();
        if (copiedBytes > (long) COPIES_MAX * bytesMax) {
            throw new EditException(
                    Reason.LIMIT, operation, EditMessages.tooManyCopies(operation, (long) COPIES_MAX * bytesMax));
        }
        byte[] text = NodeWriter.write(node, budget);
        return Node.of(text, 0, text.length);
    }

    private void test(JsonPointer path) {
        Node node = find(path);
        byte[] text = node.text();
        int from = node.from();
        int to = node.to();
        if (node.container() != null) {
            text = NodeWriter.write(node, budget);
            from = 0;
            to = text.length;
        }
        JsonNavigator expected =
                new JsonNavigator(patch.text(), patch.valueFrom(operation), patch.valueTo(operation), budget);
        JsonValue present = new JsonValue(new JsonNavigator(text, from, to, budget), from);
        if (present.relation(new JsonValue(expected, patch.valueFrom(operation))) != Relation.EQUAL) {
            throw new EditException(Reason.CONFLICT, operation, EditMessages.testFailed(operation, path.toString()));
        }
    }

    // Places

    /** Returns the node at a place, which must exist. */
    private Node find(JsonPointer path) {
        if (path.isRoot()) {
            way.clear();
            return root;
        }
        MemberName last = enter(path);
        return child(parent(), last, path);
    }

    /** Opens the containers around a place, and returns the last token of its path. */
    private MemberName enter(JsonPointer path) {
        way.clear();
        Node node = root;
        while (true) {
            require(node.isContainer(), path);
            Container container = node.open(budget);
            way.add(container);
            MemberName token = path.next();
            if (!path.hasNext()) {
                return token;
            }
            node = child(container, token, path);
        }
    }

    /** Returns the container of the place that was last found. */
    private Container parent() {
        return way.get(way.size() - 1);
    }

    private Node child(Container container, MemberName token, JsonPointer path) {
        if (!container.isObject()) {
            return container.node(element(container, token, path));
        }
        int found = container.find(token);
        require(found != Container.ABSENT, path);
        return container.node(found);
    }

    private int element(Container array, MemberName token, JsonPointer path) {
        int index = token.index();
        require(index >= 0 && index < array.used(), path);
        return index;
    }

    private void require(boolean exists, JsonPointer path) {
        if (!exists) {
            throw new EditException(Reason.NO_PLACE, operation, EditMessages.noPlace(operation, path.toString()));
        }
    }

    /** Counts that the container of the place that was last found has grown. */
    private void grewAround(long bytes) {
        budget.spend(way.size());
        for (int i = 0; i < way.size() - 1; i++) {
            way.get(i).grew(bytes);
        }
    }
}
