package dev.tessera.impl.edit;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * JSON merge patch (RFC 7396). A member of the patch that is null removes the member of that name; one that is an
 * object merges; any other one replaces. New members follow the present ones, in the order of the patch.
 *
 * <p>Of repeated names in a patch the last one counts. Used by one thread.
 */
public final class MergePatch {

    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    /** An object of the patch that is partly applied. */
    private static final class Frame {

        private final Container patch;
        private final Node target;
        private final Container members;
        private final long lengthBefore;
        private int next;

        Frame(Container patch, Node target, Container members, long lengthBefore) {
            this.patch = patch;
            this.target = target;
            this.members = members;
            this.lengthBefore = lengthBefore;
        }
    }

    private final EvaluationBudget budget;
    private final Deque<Frame> open = new ArrayDeque<>();
    private boolean touched;

    private MergePatch(EvaluationBudget budget) {
        this.budget = budget;
    }

    /**
     * Merges a patch into a value.
     *
     * @param json the array of the value in {@code [from, to)}
     * @param patch the array of the patch in {@code [patchFrom, patchTo)}
     * @param bytesMax the most bytes of the result
     * @return the new value; null if the patch touches nothing
     */
    public static byte @Nullable [] apply(
            byte[] json,
            int from,
            int to,
            byte[] patch,
            int patchFrom,
            int patchTo,
            int bytesMax,
            EvaluationBudget budget) {
        Node root = Node.of(json, from, to);
        if (patch[patchFrom] != '{') {
            root.set(patch, patchFrom, patchTo);
            return NodeWriter.write(root, budget);
        }
        MergePatch merge = new MergePatch(budget);
        if (!root.isObject()) {
            root.set(EMPTY_OBJECT, 0, EMPTY_OBJECT.length);
            merge.touched = true;
        }
        merge.enter(new Container(patch, patchFrom, patchTo, budget), root);
        merge.run();
        if (!merge.touched) {
            return null;
        }
        PlaceEdit.requireBytes(root.valueLength(), bytesMax);
        return NodeWriter.write(root, budget);
    }

    private void run() {
        while (!open.isEmpty()) {
            Frame frame = open.getLast();
            if (frame.next < frame.patch.used()) {
                member(frame, frame.next++);
            } else {
                open.removeLast();
                Frame outer = open.peekLast();
                if (outer != null) {
                    outer.members.grew(frame.target.valueLength() - frame.lengthBefore);
                }
            }
        }
    }

    /** Begins to apply an object of the patch to an object. An empty one does not touch it. */
    private void enter(Container patch, Node target) {
        if (patch.used() > 0) {
            long before = target.valueLength();
            open.addLast(new Frame(patch, target, target.open(budget), before));
        }
    }

    private void member(Frame frame, int index) {
        Container patch = frame.patch;
        MemberName name = patch.name(index);
        if (patch.find(name) != index) {
            return;
        }
        int value = patch.source().memberValue(patch.nameOf(index));
        byte first = patch.json()[value];
        if (first == 'n') {
            touched |= frame.members.remove(name);
            return;
        }
        int end = patch.source().end(value);
        int found = frame.members.find(name);
        if (first != '{') {
            set(frame.members, found, name, patch.json(), value, end);
            return;
        }
        Node target = found == Container.ABSENT ? null : frame.members.node(found);
        if (target == null || !target.isObject()) {
            target = set(frame.members, found, name, EMPTY_OBJECT, 0, EMPTY_OBJECT.length);
        }
        enter(new Container(patch.json(), value, end, budget), target);
    }

    private Node set(Container members, int found, MemberName name, byte[] text, int from, int to) {
        touched = true;
        if (found == Container.ABSENT) {
            Node member = Node.member(name.head(), text, from, to);
            members.append(member);
            return member;
        }
        Node member = members.node(found);
        members.replace(member, text, from, to);
        return member;
    }
}
