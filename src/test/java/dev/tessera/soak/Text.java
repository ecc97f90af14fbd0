package dev.tessera.soak;

import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** JSON text as the protocol defines it for answers. */
final class Text {

    private Text() {}

    /** Returns a string with as few escapes as possible. */
    static String string(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }

    /** Returns a string with an escape for every character. */
    static String escaped(String value) {
        StringBuilder out = new StringBuilder("\"");
        value.chars().forEach(c -> out.append(String.format("\\u%04X", c)));
        return out.append('"').toString();
    }

    static String strings(Collection<String> values) {
        StringJoiner out = new StringJoiner(",", "[", "]");
        values.forEach(value -> out.add(string(value)));
        return out.toString();
    }

    /** Returns an object with a member for each name. */
    static String object(Collection<String> names, Function<String, Object> value) {
        StringJoiner out = new StringJoiner(",", "{", "}");
        names.forEach(name -> out.add(string(name) + ":" + value.apply(name)));
        return out.toString();
    }

    static String object(Map<String, ?> members) {
        return object(members.keySet(), members::get);
    }
}
