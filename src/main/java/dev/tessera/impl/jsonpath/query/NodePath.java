package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.text.JsonNavigator;
import dev.tessera.impl.jsonpath.text.Utf8Appender;
import java.util.Arrays;

/**
 * The path from the root to the current node, as a stack of one int for each level.
 *
 * <p>An entry is the position of a member's name, or the complement ({@code ~}) of an element's index. The normalized
 * path is written only on request.
 */
public final class NodePath {

    private final JsonNavigator text;
    private int[] entries = new int[16];
    private int depth;

    NodePath(JsonNavigator text) {
        this.text = text;
    }

    void push(int entry) {
        if (depth == entries.length) {
            entries = Arrays.copyOf(entries, depth * 2);
        }
        entries[depth++] = entry;
    }

    int pop() {
        return entries[--depth];
    }

    int depth() {
        return depth;
    }

    /** Drops the rest of a run that ended early. */
    void cutTo(int wanted) {
        depth = wanted;
    }

    /** Appends the normalized path of RFC 9535, section 2.7, in UTF-8. */
    public void appendTo(Utf8Appender out) {
        out.ascii('$');
        for (int i = 0; i < depth; i++) {
            int entry = entries[i];
            out.ascii('[');
            if (entry < 0) {
                out.ascii(Integer.toString(~entry));
            } else {
                out.ascii('\'');
                NormalizedName.append(text.decodeString(entry), out);
                out.ascii('\'');
            }
            out.ascii(']');
        }
    }
}
