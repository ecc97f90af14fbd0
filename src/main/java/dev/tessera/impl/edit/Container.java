package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.jsonpath.text.JsonNavigator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object or array whose children can change. A child costs one long until it changes:
 *
 * <pre>
 *   from, to    in the upper and lower half: the child as it stands in the text, between two commas or brackets
 *   ~index      negative: the node of this index
 *   REMOVED     only in objects, so that their members keep their indexes
 * </pre>
 *
 * <p>Objects with many members have a hash table of names. Of repeated names the last one counts. Each loop over
 * children spends from the budget. Used by one thread.
 */
final class Container {

    /** The index of a member that does not exist. */
    static final int ABSENT = -1;

    private static final long REMOVED = Long.MIN_VALUE;
    private static final int CAPACITY_MIN = 4;
    /** Up to this number of members, a search compares one after the other. */
    private static final int UNINDEXED_MAX = 8;

    private static final int[] NO_TABLE = {};

    private final JsonNavigator source;
    private final byte[] json;
    private final int from;
    private final int to;
    private final boolean object;
    private long[] children = new long[CAPACITY_MIN];
    /** The used length of {@link #children}, including removed ones. */
    private int used;

    private int live;
    private final List<@Nullable Node> nodes = new ArrayList<>();
    /** The bytes of the whole container. */
    private long length;

    /** An open-addressing table of index + 1; 0 is a free slot. Removed members keep their slots. */
    private int[] table = NO_TABLE;
    /** The number of members that the table contains; the others follow at the next search. */
    private int indexed;
    /** Whether the table has met a name twice. */
    private boolean repeated;

    /** Reads the children of the container in {@code json[from, to)}. */
    Container(byte[] json, int from, int to, EvaluationBudget budget) {
        this.source = new JsonNavigator(json, from, to, budget);
        this.json = json;
        this.from = from;
        this.to = to;
        this.object = json[from] == '{';
        this.length = (long) to - from;
        readChildren(budget);
    }

    private void readChildren(EvaluationBudget budget) {
        if (source.first(from) < 0) {
            return;
        }
        int childFrom = from + 1;
        while (true) {
            budget.spend(1);
            int first = source.skipSpace(childFrom);
            int childTo = source.skipSpace(source.end(object ? source.memberValue(first) : first));
            add((long) childFrom << Integer.SIZE | childTo);
            if (json[childTo] != ',') {
                return;
            }
            childFrom = childTo + 1;
        }
    }

    private void add(long child) {
        if (used == children.length) {
            children = Arrays.copyOf(children, used * 2);
        }
        children[used++] = child;
        live++;
    }

    boolean isObject() {
        return object;
    }

    /** Returns the number of indexes, including those of removed members. */
    int used() {
        return used;
    }

    /** Returns the bytes of the whole container. */
    long length() {
        return length;
    }

    /** Counts that a value inside the container grew, or, if negative, shrank. */
    void grew(long bytes) {
        length += bytes;
    }

    // Children as they stand in the text

    boolean isRemoved(int index) {
        return children[index] == REMOVED;
    }

    /** Returns whether a child is as it stands in the text. */
    boolean isOriginal(int index) {
        return children[index] >= 0;
    }

    /** Returns the position of an original child after the comma or bracket before it. */
    int originalFrom(int index) {
        return (int) (children[index] >>> Integer.SIZE);
    }

    /** Returns the position of the comma or bracket after an original child. */
    int originalTo(int index) {
        return (int) children[index];
    }

    /** Returns the position of the quote before the name of an original member. */
    int nameOf(int index) {
        return source.skipSpace(originalFrom(index));
    }

    /** Returns whether the container has never had a child, so that its white space stays. */
    boolean isUntouchedEmpty() {
        return live == 0 && length == to - from;
    }

    JsonNavigator source() {
        return source;
    }

    byte[] json() {
        return json;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Returns a child, which can change from now on. */
    Node node(int index) {
        if (!isOriginal(index)) {
            return nodeOf(children[index]);
        }
        int first = nameOf(index);
        int value = object ? source.memberValue(first) : first;
        Node node = Node.original(json, originalFrom(index), first, value, source.end(value), originalTo(index));
        children[index] = keep(node);
        return node;
    }

    private Node nodeOf(long child) {
        Node node = nodes.get((int) ~child);
        if (node == null) {
            throw new IllegalStateException("the child is removed");
        }
        return node;
    }

    private long keep(Node node) {
        nodes.add(node);
        return ~(long) (nodes.size() - 1);
    }

    /** Replaces the value of a child by a text. */
    void replace(Node child, byte[] text, int textFrom, int textTo) {
        length += textTo - textFrom - child.valueLength();
        child.set(text, textFrom, textTo);
    }

    /** Replaces the value of a child by the one of another node. */
    void replace(Node child, Node value) {
        length += value.valueLength() - child.valueLength();
        child.take(value);
    }

    private void countAdded(Node node) {
        // The white space of an empty container goes.
        length = live == 1 ? 2 + node.length() : length + 1 + node.length();
    }

    private void forget(int index) {
        long child = children[index];
        long bytes;
        if (child >= 0) {
            bytes = (long) originalTo(index) - originalFrom(index);
        } else {
            bytes = nodeOf(child).length();
            nodes.set((int) ~child, null);
        }
        live--;
        length -= bytes + (live > 0 ? 1 : 0);
    }

    // Objects

    /** Appends a member, whose name the object must not have. */
    void append(Node member) {
        add(keep(member));
        countAdded(member);
    }

    /** Removes all members of a name. Returns whether there was one. */
    boolean remove(MemberName name) {
        int last = find(name);
        if (last == ABSENT) {
            return false;
        }
        if (table.length == 0 || repeated) {
            source.budget().spend(last);
            for (int i = 0; i < last; i++) {
                if (isNamed(i, name)) {
                    removeMember(i);
                }
            }
        }
        removeMember(last);
        return true;
    }

    private void removeMember(int index) {
        forget(index);
        children[index] = REMOVED;
    }

    /** Returns the index of the last member of a name, or {@link #ABSENT}. */
    int find(MemberName name) {
        if (used <= UNINDEXED_MAX) {
            for (int i = used - 1; i >= 0; i--) {
                if (isNamed(i, name)) {
                    return i;
                }
            }
            return ABSENT;
        }
        while (indexed < used) {
            if (used * 2 > table.length) {
                table = new int[Integer.highestOneBit(used) * 4];
                indexed = 0;
            }
            index(indexed++);
        }
        int slot = table[slotOf(name)];
        return slot == 0 ? ABSENT : slot - 1;
    }

    private void index(int member) {
        if (isRemoved(member)) {
            return;
        }
        source.budget().spend(1);
        int slot = slotOf(name(member));
        repeated |= table[slot] != 0;
        table[slot] = member + 1;
    }

    /** Returns the slot of the member of a name, or the free slot for it. */
    private int slotOf(MemberName name) {
        int mask = table.length - 1;
        int slot = (int) name.hash() & mask;
        while (table[slot] != 0 && !isNamed(table[slot] - 1, name)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isNamed(int index, MemberName name) {
        long child = children[index];
        if (child >= 0) {
            return name.isAt(json, nameOf(index), source.budget());
        }
        return child != REMOVED
                && name.isAt(nodeOf(child).around(), nodeOf(child).quote(), source.budget());
    }

    /** Returns the name of a member. */
    MemberName name(int index) {
        long child = children[index];
        return child >= 0
                ? MemberName.at(json, nameOf(index), source.budget())
                : MemberName.at(nodeOf(child).around(), nodeOf(child).quote(), source.budget());
    }

    // Arrays

    /** Inserts an element before the one of this index, or at the end. */
    void insert(int index, Node element) {
        source.budget().spend(used - index + 1);
        add(keep(element));
        System.arraycopy(children, index, children, index + 1, used - 1 - index);
        children[index] = ~(long) (nodes.size() - 1);
        countAdded(element);
    }

    /** Removes an element. */
    void removeElement(int index) {
        source.budget().spend(used - index);
        forget(index);
        System.arraycopy(children, index + 1, children, index, used - 1 - index);
        used--;
    }
}
