package dev.tessera.impl.jsonpath.query;

import dev.tessera.impl.jsonpath.regexp.IRegexp;
import dev.tessera.impl.jsonpath.regexp.IRegexpCache;
import dev.tessera.impl.jsonpath.text.JsonType;
import dev.tessera.impl.jsonpath.text.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code match()} and {@code search()}: whether a string, or a part of it, matches an I-Regexp.
 *
 * <p>False if either argument is not a string, or the second one is not I-Regexp.
 */
public final class RegexpFunction {

    private RegexpFunction() {}

    /**
     * Makes the function for an expression that stands in the query.
     *
     * @param whole whether the whole string must match
     * @param regexp the expression, or nothing if it is not I-Regexp
     */
    public static Condition of(boolean whole, Operand text, Optional<IRegexp> regexp) {
        if (regexp.isEmpty()) {
            return (run, current) -> false;
        }
        IRegexp compiled = regexp.get();
        return (run, current) -> {
            String string = string(text.value(run, current));
            return string != null && test(whole, compiled, string, run);
        };
    }

    /** Makes the function for an expression from the data. */
    public static Condition of(boolean whole, Operand text, Operand expression) {
        IRegexpCache cache = new IRegexpCache();
        return (run, current) -> {
            String string = string(text.value(run, current));
            if (string == null) {
                return false;
            }
            String pattern = string(expression.value(run, current));
            if (pattern == null) {
                return false;
            }
            Optional<IRegexp> compiled = cache.get(pattern);
            return compiled.isPresent() && test(whole, compiled.get(), string, run);
        };
    }

    private static boolean test(boolean whole, IRegexp regexp, String string, Evaluation run) {
        return whole ? regexp.matches(string, run.text.budget()) : regexp.find(string, run.text.budget());
    }

    private static @Nullable String string(@Nullable JsonValue value) {
        if (value == null || value.type() != JsonType.STRING) {
            return null;
        }
        return new String(value.text().decodeString(value.start()), StandardCharsets.UTF_8);
    }
}
