package dev.tessera.impl.jsonpath;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compiled queries by their text; the least recently used ones are dropped.
 *
 * <p>Safe for use by many threads. Queries that do not compile are not kept.
 */
public final class JsonPathCache {

    /** The default for the most queries kept. */
    public static final int DEFAULT_ENTRIES_MAX = 256;

    private final JsonPathOptions options;
    private final int entriesMax;
    private final Map<String, JsonPath> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes an empty cache.
     *
     * @param entriesMax the most queries kept, at least 1; with {@link JsonPathOptions#lengthMax()} this bounds its
     *     memory
     */
    public JsonPathCache(JsonPathOptions options, int entriesMax) {
        if (entriesMax < 1) {
            throw new IllegalArgumentException("entriesMax must be 1 or more, not " + entriesMax);
        }
        this.options = options;
        this.entriesMax = entriesMax;
    }

    public JsonPathCache(JsonPathOptions options) {
        this(options, DEFAULT_ENTRIES_MAX);
    }

    /**
     * Returns the compiled query, compiling it if it is not here.
     *
     * @throws dev.tessera.impl.jsonpath.parser.JsonPathSyntaxException if it does not compile
     */
    public JsonPath get(String query) {
        synchronized (entries) {
            JsonPath known = entries.get(query);
            if (known != null) {
                return known;
            }
        }
        JsonPath compiled = JsonPath.compile(query, options);
        synchronized (entries) {
            entries.put(query, compiled);
            if (entries.size() > entriesMax) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
        return compiled;
    }

    /** Returns the number of queries kept. */
    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }
}
