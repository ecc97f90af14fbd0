package dev.tessera.impl.jsonpath.regexp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cache of compiled expressions that one place in a query met in the data; it drops the least recently used ones.
 *
 * <p>Safe for use by many threads. An expression that is not I-Regexp, or exceeds a limit, is cached as matching
 * nothing.
 */
public final class IRegexpCache {

    /** The most expressions kept. */
    public static final int ENTRIES_MAX = 32;

    private final Map<String, Optional<IRegexp>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** Returns the compiled expression, or nothing if it cannot be one. */
    public synchronized Optional<IRegexp> get(String expression) {
        Optional<IRegexp> known = entries.get(expression);
        if (known == null) {
            known = compile(expression);
            if (entries.size() >= ENTRIES_MAX) {
                entries.remove(entries.keySet().iterator().next());
            }
            entries.put(expression, known);
        }
        return known;
    }

    private static Optional<IRegexp> compile(String expression) {
        try {
            return Optional.of(IRegexp.compile(expression));
        } catch (IRegexpException e) {
            return Optional.empty();
        }
    }
}
