package dev.tessera.impl.jsonpath.reference;

import dev.tessera.impl.jsonpath.reference.Tree.Arr;
import dev.tessera.impl.jsonpath.reference.Tree.Member;
import dev.tessera.impl.jsonpath.reference.Tree.Num;
import dev.tessera.impl.jsonpath.reference.Tree.Obj;
import dev.tessera.impl.jsonpath.reference.Tree.Str;
import dev.tessera.impl.jsonpath.reference.Tree.Word;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;

/** A writer of trees as JSON with random white space and random escapes. */
public final class TreeWriter {

    private final Random random;
    private final Map<Tree, String> replaced;
    private final StringBuilder out = new StringBuilder();

    private TreeWriter(Random random, Map<Tree, String> replaced) {
        this.random = random;
        this.replaced = replaced;
    }

    /** Writes a tree. The same seed writes the same text. */
    public static String write(Tree tree, long seed) {
        return write(tree, seed, new IdentityHashMap<>());
    }

    /** Writes a tree with some values replaced by a text. The map finds values by identity. */
    public static String write(Tree tree, long seed, Map<Tree, String> replaced) {
        TreeWriter writer = new TreeWriter(new Random(seed), replaced);
        writer.space();
        writer.value(tree);
        writer.space();
        return writer.out.toString();
    }

    /** Writes a value. It writes a replaced value too and cuts it off again, so later random choices stay the same. */
    private void value(Tree tree) {
        int start = out.length();
        if (tree instanceof Obj object) {
            object(object);
        } else if (tree instanceof Arr array) {
            array(array);
        } else if (tree instanceof Str string) {
            string(string.value());
        } else if (tree instanceof Num number) {
            out.append(number.text());
        } else {
            out.append(((Word) tree).text());
        }
        if (replaced.containsKey(tree)) {
            out.setLength(start);
            out.append(replaced.get(tree));
        }
    }

    private void object(Obj object) {
        out.append('{');
        space();
        String separator = "";
        for (Member member : object.members()) {
            out.append(separator);
            space();
            string(member.name());
            space();
            out.append(':');
            space();
            value(member.value());
            space();
            separator = ",";
        }
        out.append('}');
    }

    private void array(Arr array) {
        out.append('[');
        space();
        String separator = "";
        for (Tree element : array.elements()) {
            out.append(separator);
            space();
            value(element);
            space();
            separator = ",";
        }
        out.append(']');
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || random.nextInt(12) == 0) {
                escape(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Writes an escape. It never escapes only one half of a surrogate pair. */
    private void escape(char c) {
        String shortForm = switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> null;
        };
        if (Character.isSurrogate(c)) {
            out.append(c);
        } else if (shortForm != null && random.nextBoolean()) {
            out.append(shortForm);
        } else {
            out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
        }
    }

    private void space() {
        if (random.nextInt(4) == 0) {
            out.append(" \n\t\r".charAt(random.nextInt(4)));
        }
    }
}
