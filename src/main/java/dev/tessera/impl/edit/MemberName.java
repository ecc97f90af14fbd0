package dev.tessera.impl.edit;

import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.JsonString;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import java.util.Arrays;

/**
 * A name of a member, as a slice of canonical text (see {@link JsonString}). Equal names have equal bytes.
 *
 * @param text an array that holds the name in {@code [from, to)}
 */
record MemberName(byte[] text, int from, int to) {

    /** The result of {@link #index} for a name that is no index. */
    static final int NOT_AN_INDEX = -1;

    /** An index of more digits is beyond any array. */
    private static final int INDEX_DIGITS_MAX = 9;

    /** Reads the name of a member as it stands in a valid text. A name with escapes is copied. */
    static MemberName at(byte[] json, int quote, EvaluationBudget budget) {
        int end = quote + 1;
        boolean escaped = false;
        while (json[end] != '"') {
            escaped |= json[end] == '\\';
            end += json[end] == '\\' ? 2 : 1;
        }
        budget.spend(end - quote);
        if (!escaped) {
            return new MemberName(json, quote + 1, end);
        }
        byte[] copy = Arrays.copyOfRange(json, quote + 1, end);
        return new MemberName(copy, 0, JsonString.canonicalize(copy, 0, copy.length));
    }

    /** Returns whether the name of a member in a valid text is this one. Copies nothing if it has no escapes. */
    boolean isAt(byte[] json, int quote, EvaluationBudget budget) {
        int at = quote + 1;
        int i = from;
        while (i < to && json[at] == text[i] && json[at] != '\\') {
            at++;
            i++;
        }
        if (json[at] != '\\') {
            return i == to && json[at] == '"';
        }
        MemberName other = at(json, quote, budget);
        return Arrays.equals(text, from, to, other.text, other.from, other.to);
    }

    long hash() {
        return Bytes.hash(text, from, to);
    }

    /** Returns whether the name is {@code -}, the end of an array in a JSON pointer. */
    boolean isDash() {
        return to - from == 1 && text[from] == '-';
    }

    /** Returns the name as an index of an array, or {@link #NOT_AN_INDEX}. Leading zeros are not allowed. */
    int index() {
        int length = to - from;
        if (length == 0 || length > INDEX_DIGITS_MAX || (length > 1 && text[from] == '0')) {
            return NOT_AN_INDEX;
        }
        int index = 0;
        for (int i = from; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return NOT_AN_INDEX;
            }
            index = index * 10 + text[i] - '0';
        }
        return index;
    }

    /** Returns the name between quotes, and a colon. */
    byte[] head() {
        byte[] head = new byte[to - from + 3];
        head[0] = '"';
        System.arraycopy(text, from, head, 1, to - from);
        head[head.length - 2] = '"';
        head[head.length - 1] = ':';
        return head;
    }
}
