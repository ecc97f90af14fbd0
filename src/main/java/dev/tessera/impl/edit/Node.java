package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import org.jspecify.annotations.Nullable;

/**
 * A value that is being changed, with the text around it in its container. It is a slice of a text until a change
 * inside it needs its children.
 *
 * <pre>
 *   , "name" : [1,2] ,        head  white space, the name, a colon; white space alone in an array
 *    |head-----|text|tail     tail  white space
 * </pre>
 */
final class Node {

    private static final byte[] NOTHING = {};

    /** Holds head and tail. */
    private final byte[] around;

    private final int headFrom;
    private final int headTo;
    private final int tailFrom;
    private final int tailTo;
    /** The position of the name's opening quote in the array of the head; of any byte in an array. */
    private final int quote;

    private byte[] text;
    private int from;
    private int to;
    /** The value in place of the text. */
    private @Nullable Container container;

    private Node(
            byte[] around,
            int headFrom,
            int quote,
            int headTo,
            int tailFrom,
            int tailTo,
            byte[] text,
            int from,
            int to) {
        this.around = around;
        this.headFrom = headFrom;
        this.quote = quote;
        this.headTo = headTo;
        this.tailFrom = tailFrom;
        this.tailTo = tailTo;
        this.text = text;
        this.from = from;
        this.to = to;
    }

    /** Creates a child as it stands in its container, from after one comma or bracket to before the next. */
    static Node original(byte[] json, int from, int quote, int valueFrom, int valueTo, int to) {
        return new Node(json, from, quote, valueFrom, valueTo, to, json, valueFrom, valueTo);
    }

    /** Creates a whole value, or a new element of an array. */
    static Node of(byte[] text, int from, int to) {
        return new Node(NOTHING, 0, 0, 0, 0, 0, text, from, to);
    }

    /** Creates a new member, whose head is its name and a colon. */
    static Node member(byte[] head, byte[] text, int from, int to) {
        return new Node(head, 0, 0, head.length, 0, 0, text, from, to);
    }

    byte[] around() {
        return around;
    }

    int headFrom() {
        return headFrom;
    }

    int headTo() {
        return headTo;
    }

    int tailFrom() {
        return tailFrom;
    }

    int tailTo() {
        return tailTo;
    }

    int quote() {
        return quote;
    }

    byte[] text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Returns the container in place of the text; null if the text is the value. */
    @Nullable
    Container container() {
        return container;
    }

    boolean isContainer() {
        return container != null || text[from] == '{' || text[from] == '[';
    }

    boolean isObject() {
        return container != null ? container.isObject() : text[from] == '{';
    }

    /** Returns the value as a container, whose children can change from now on. It must be an object or an array. */
    Container open(EvaluationBudget budget) {
        Container opened = container;
        if (opened == null) {
            opened = new Container(text, from, to, budget);
            container = opened;
        }
        return opened;
    }

    /** Replaces the value by a text. */
    void set(byte[] newText, int newFrom, int newTo) {
        text = newText;
        from = newFrom;
        to = newTo;
        container = null;
    }

    /** Returns a node with the same value, and nothing around it. */
    Node alone() {
        Node alone = of(text, from, to);
        alone.container = container;
        return alone;
    }

    /** Replaces the value by the one of another node, which nobody uses any more. */
    void take(Node other) {
        set(other.text, other.from, other.to);
        container = other.container;
    }

    /** Returns the bytes of the value. */
    long valueLength() {
        return container != null ? container.length() : to - from;
    }

    /** Returns the bytes of the value with head and tail. */
    long length() {
        return headTo - headFrom + valueLength() + tailTo - tailFrom;
    }
}
