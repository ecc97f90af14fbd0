package dev.tessera.impl.jsonpath;

import dev.tessera.impl.jsonpath.budget.Budgets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The result of a query over a text: the selected values and their paths. */
record Search(List<String> values, List<String> paths) {

    /** Searches a text between other bytes, so a read outside the slice changes the result. */
    static Search run(JsonPath query, String json) {
        byte[] before = "[[\"".getBytes(StandardCharsets.UTF_8);
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + text.length + 3];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(text, 0, all, before.length, text.length);
        all[all.length - 3] = ']';
        List<String> values = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        query.forEach(all, before.length, before.length + text.length, Budgets.unlimited(), node -> {
            values.add(new String(all, node.start(), node.end() - node.start(), StandardCharsets.UTF_8));
            paths.add(node.path());
        });
        return new Search(values, paths);
    }

    static Search run(String query, String json) {
        return run(JsonPath.compile(query), json);
    }

    static List<String> values(String query, String json) {
        return run(query, json).values();
    }

    static List<String> paths(String query, String json) {
        return run(query, json).paths();
    }

    static String update(String query, String json, String replacement) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        UpdateResult result = JsonPath.compile(query)
                .update(
                        text,
                        0,
                        text.length,
                        replacement.getBytes(StandardCharsets.UTF_8),
                        Integer.MAX_VALUE,
                        Budgets.unlimited());
        return new String(result.json(), StandardCharsets.UTF_8);
    }
}
