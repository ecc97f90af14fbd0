package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Whole numbers from {@code min} to {@code max}, both included.
 *
 * @param orZero whether 0 is allowed too, below {@code min}, with a meaning of its own such as "never"
 */
record LongType(long min, long max, boolean orZero) implements ValueType<Long> {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    @Override
    public String name() {
        return "integer";
    }

    @Override
    public String range() {
        return (orZero ? "0 or " : "") + min + ".." + max;
    }

    @Override
    public String expected() {
        return "an integer in " + range();
    }

    @Override
    public boolean accepts(Long value) {
        return (orZero && value == 0) || (value >= min && value <= max);
    }

    @Override
    public Long fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new UnusableValueException();
        }
        return node.longValue();
    }

    @Override
    public Long fromText(String text) throws UnusableValueException {
        if (!DIGITS.matcher(text).matches()) {
            throw new UnusableValueException();
        }
        return Long.parseLong(text);
    }

    @Override
    public String toJson(Long value) {
        return value.toString();
    }
}
