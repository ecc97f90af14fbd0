package dev.tessera.impl.jsonpath.text;

import dev.tessera.impl.jsonpath.budget.EvaluationBudget;

/**
 * A navigator over one validated JSON text: it moves from value to value, in any order, without a tree.
 *
 * <p>A value is known by its start, the position of its first byte. Containers are walked with {@link #first} and
 * {@link #next}, which give the position of an element, or of a member's name, and at the end of the container the
 * complement ({@code ~}) of the position after it:
 *
 * <pre>{@code
 * int at = text.first(container);
 * while (at >= 0) {
 *   int value = object ? text.memberValue(at) : at;
 *   at = text.next(text.end(value));
 * }
 * int end = ~at;
 * }</pre>
 *
 * <p>Nothing here recurses, so the depth of a text does not matter. Every walk spends from the budget. A text that is
 * not JSON is answered with an {@link IllegalArgumentException} at the latest when the slice ends. Used by one thread
 * at a time.
 */
public final class JsonNavigator {

    /** The result of {@link #findMember} and {@link #findElement} if the child does not exist. */
    public static final int ABSENT = -1;

    /** Longer runs of white space and longer scalars spend the budget separately. */
    private static final int LONG_RUN = 64;
    /** This number of name comparisons is included in the bytes of the member. */
    private static final int FEW_NAMES = 8;

    private final byte[] json;
    private final int limit;
    private final EvaluationBudget budget;
    private int rememberedStart = ABSENT;
    private int rememberedEnd;
    private int foundName;
    private int foundEnd;

    /** Scans {@code json[from, to)}; positions are those of the array. */
    public JsonNavigator(byte[] json, int from, int to, EvaluationBudget budget) {
        if (from < 0 || to > json.length || from > to) {
            throw new IndexOutOfBoundsException("[" + from + ", " + to + ") of " + json.length + " bytes");
        }
        this.json = json;
        this.limit = to;
        this.budget = budget;
    }

    public byte[] json() {
        return json;
    }

    public EvaluationBudget budget() {
        return budget;
    }

    /** Returns the first position at or after {@code at} that is not white space. */
    public int skipSpace(int at) {
        return at < limit && json[at] > ' ' ? at : skipSpaces(at);
    }

    private int skipSpaces(int start) {
        int at = start;
        while (at < limit && json[at] <= ' ' && json[at] > 0) {
            at++;
        }
        if (at >= limit) {
            throw broken(at);
        }
        spendIfLong(start, at);
        return at;
    }

    private void spendIfLong(int from, int to) {
        if (to - from > LONG_RUN) {
            budget.spend(to - from);
        }
    }

    public boolean isObject(int start) {
        return json[start] == '{';
    }

    public boolean isContainer(int start) {
        return json[start] == '{' || json[start] == '[';
    }

    public boolean isString(int start) {
        return json[start] == '"';
    }

    /** Returns the first element or member name of a container, or the complement of its end if it is empty. */
    public int first(int container) {
        int at = skipSpace(container + 1);
        return json[at] == ']' || json[at] == '}' ? ~(at + 1) : at;
    }

    /** Moves past a child: returns the next element or member name, or the complement of the container's end. */
    public int next(int childEnd) {
        budget.spend(1);
        return nextAfter(childEnd);
    }

    private int nextAfter(int childEnd) {
        if (limit - childEnd > 1 && json[childEnd] == ',' && json[childEnd + 1] > ' ') {
            return childEnd + 1;
        }
        int at = skipSpace(childEnd);
        byte b = json[at];
        if (b == ',') {
            return skipSpace(at + 1);
        }
        if (b != ']' && b != '}') {
            throw broken(at);
        }
        return ~(at + 1);
    }

    /** Returns the start of the value of the member whose name starts at {@code name}. */
    public int memberValue(int name) {
        return valueAfter(stringEnd(name));
    }

    private int valueAfter(int markedNameEnd) {
        int nameEnd = markedNameEnd < 0 ? ~markedNameEnd : markedNameEnd;
        if (limit - nameEnd > 1 && json[nameEnd] == ':' && json[nameEnd + 1] > ' ') {
            return nameEnd + 1;
        }
        int at = skipSpace(nameEnd);
        if (json[at] != ':') {
            throw broken(at);
        }
        return skipSpace(at + 1);
    }

    /** Returns the position after the closing quote of a string. */
    public int stringEnd(int quote) {
        int at = quote + 1;
        while (true) {
            at = Swar.quoteOrBackslash(json, at, limit);
            if (at >= limit) {
                throw broken(at);
            }
            if (json[at] == '"') {
                spendIfLong(quote, at);
                return at + 1;
            }
            at += 2;
        }
    }

    /** Returns the position after the closing quote of a string, as its complement if the string has escapes. */
    int markedStringEnd(int quote) {
        int at = Swar.quoteOrBackslash(json, quote + 1, limit);
        if (at < limit && json[at] == '"') {
            spendIfLong(quote, at);
            return at + 1;
        }
        return ~stringEnd(quote);
    }

    /** Returns the position after a value. */
    public int end(int start) {
        byte first = json[start];
        if (first == '"') {
            return stringEnd(start);
        }
        if (first != '{' && first != '[') {
            return scalarEnd(start);
        }
        return start == rememberedStart ? rememberedEnd : containerEnd(start);
    }

    /** Notes the end of a value, so that the next question for it costs nothing. */
    public void rememberEnd(int start, int end) {
        rememberedStart = start;
        rememberedEnd = end;
    }

    private int containerEnd(int start) {
        int end = Swar.containerEnd(json, start, limit);
        if (end == Swar.NOT_CLOSED) {
            throw broken(limit);
        }
        budget.spend(end - start);
        return end;
    }

    /** Returns the position after a number, {@code true}, {@code false} or {@code null}. */
    int scalarEnd(int start) {
        int end = Swar.scalarEnd(json, start, limit);
        if (end == start) {
            throw broken(end);
        }
        spendIfLong(start, end);
        return end;
    }

    /**
     * Returns the value of an object's member, or {@link #ABSENT}; of repeated names the last one counts.
     *
     * <p>Afterwards {@link #foundName()} is the start of the member's name, and {@link #foundEnd()} is the end of the
     * object.
     */
    public int findMember(int object, Name wanted) {
        int value = ABSENT;
        int at = first(object);
        while (at >= 0) {
            int nameEnd = markedStringEnd(at);
            int start = valueAfter(nameEnd);
            if (wanted.equalsContent(json, at + 1, nameEnd)) {
                value = start;
                foundName = at;
            }
            at = next(end(start));
        }
        foundEnd = ~at;
        return value;
    }

    /**
     * Finds several members in one walk.
     *
     * @param registers takes the start of the value of {@code wanted[i]}, or {@link #ABSENT}, at {@code indexes[i]}
     * @return the object's end
     */
    public int findMembers(int object, Name[] wanted, int[] indexes, int[] registers) {
        for (int index : indexes) {
            registers[index] = ABSENT;
        }
        int at = first(object);
        while (at >= 0) {
            if (wanted.length > FEW_NAMES) {
                budget.spend(wanted.length);
            }
            int nameEnd = markedStringEnd(at);
            int start = valueAfter(nameEnd);
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i].equalsContent(json, at + 1, nameEnd)) {
                    registers[indexes[i]] = start;
                    break;
                }
            }
            at = nextAfter(end(start));
        }
        budget.spend(~at - object);
        return ~at;
    }

    /** Returns the element of an array at an index counted from 0, or {@link #ABSENT}. */
    public int findElement(int array, long index) {
        int at = first(array);
        for (long i = 0; at >= 0 && i < index; i++) {
            at = next(end(at));
        }
        return at >= 0 ? at : ABSENT;
    }

    /** Counts the elements or the members of a container. */
    public int count(int container) {
        boolean object = isObject(container);
        int count = 0;
        int at = first(container);
        while (at >= 0) {
            count++;
            at = next(end(object ? memberValue(at) : at));
        }
        return count;
    }

    /** Counts the Unicode code points of a string. */
    public int codePoints(int string) {
        int end = stringEnd(string);
        budget.spend(end - string);
        return Strings.codePoints(json, string + 1, end - 1);
    }

    /** Returns the content of a string in UTF-8, with its escapes resolved. */
    public byte[] decodeString(int string) {
        int end = stringEnd(string);
        budget.spend(end - string);
        return Strings.decode(json, string + 1, end - 1);
    }

    public int foundName() {
        return foundName;
    }

    public int foundEnd() {
        return foundEnd;
    }

    private static IllegalArgumentException broken(int at) {
        return new IllegalArgumentException("not a JSON text: broken at byte " + at);
    }
}
