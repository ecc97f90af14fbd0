package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.util.ArrayDeque;
import java.util.Deque;

/** A writer of changed values as text. It does not recurse, whatever the depth. Used by one thread. */
final class NodeWriter {

    /** A container that is partly written. */
    private static final class Frame {

        private final Node node;
        private final Container container;
        private int next;
        private boolean any;

        Frame(Node node, Container container) {
            this.node = node;
            this.container = container;
        }
    }

    private final EvaluationBudget budget;
    private final byte[] out;
    private final Deque<Frame> open = new ArrayDeque<>();
    private int at;

    private NodeWriter(byte[] out, EvaluationBudget budget) {
        this.out = out;
        this.budget = budget;
    }

    /** Returns the text of a value, in an array of its length. */
    static byte[] write(Node node, EvaluationBudget budget) {
        byte[] out = new byte[Math.toIntExact(node.valueLength())];
        new NodeWriter(out, budget).value(node.alone());
        return out;
    }

    private void value(Node root) {
        begin(root);
        while (!open.isEmpty()) {
            Frame frame = open.getLast();
            Container container = frame.container;
            while (frame.next < container.used() && container.isRemoved(frame.next)) {
                frame.next++;
            }
            if (frame.next == container.used()) {
                mark(container.isObject() ? '}' : ']');
                open.removeLast();
                copy(frame.node.around(), frame.node.tailFrom(), frame.node.tailTo());
            } else {
                if (frame.any) {
                    mark(',');
                }
                frame.any = true;
                child(frame, container);
            }
        }
    }

    private void child(Frame frame, Container container) {
        int index = frame.next;
        if (container.isOriginal(index)) {
            int last = index;
            while (last + 1 < container.used()
                    && container.isOriginal(last + 1)
                    && container.originalFrom(last + 1) == container.originalTo(last) + 1) {
                last++;
            }
            frame.next = last + 1;
            copy(container.json(), container.originalFrom(index), container.originalTo(last));
            return;
        }
        frame.next++;
        Node node = container.node(index);
        copy(node.around(), node.headFrom(), node.headTo());
        begin(node);
    }

    /** Writes a value without its head, or at least the beginning of it. */
    private void begin(Node node) {
        Container container = node.container();
        if (container == null) {
            copy(node.text(), node.from(), node.to());
        } else if (container.isUntouchedEmpty()) {
            copy(container.json(), container.from(), container.to());
        } else {
            mark(container.isObject() ? '{' : '[');
            open.addLast(new Frame(node, container));
            return;
        }
        copy(node.around(), node.tailFrom(), node.tailTo());
    }

    private void mark(char mark) {
        budget.spend(1);
        out[at++] = (byte) mark;
    }

    private void copy(byte[] source, int from, int to) {
        budget.spend(to - from);
        System.arraycopy(source, from, out, at, to - from);
        at += to - from;
    }
}
