package dev.tessera.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reader of a JSON object into a map of its members, with the raw text of their values. */
final class FlatObject {

    private FlatObject() {}

    static Map<String, String> read(String json) {
        byte[] text = json.getBytes(UTF_8);
        JsonScanner scanner = new JsonScanner(16);
        scanner.reset(text, 0, text.length);
        scanner.peek();
        scanner.enter();
        Map<String, String> members = new LinkedHashMap<>();
        Slice name = new Slice();
        Slice value = new Slice();
        for (boolean first = true; scanner.member(first, name); first = false) {
            String key = text(name);
            scanner.value(value);
            members.put(key, text(value));
        }
        return members;
    }

    private static String text(Slice slice) {
        return new String(slice.array(), slice.from(), slice.length(), UTF_8);
    }
}
