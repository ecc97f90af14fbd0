package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Whole numbers from {@code min} to {@code max}, both allowed.
 *
 * @param orZero whether 0 is allowed too, below {@code min}, with a meaning of its own such as "never"
 */
record IntegerType(int min, int max, boolean orZero) implements ValueType<Integer> {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,10}");

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
    public boolean accepts(Integer value) {
        return orZero && value == 0 || value >= min && value <= max;
    }

    @Override
    public Integer fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new UnusableValueException();
        }
        return node.intValue();
    }

    @Override
    public Integer fromText(String text) throws UnusableValueException {
        if (!DIGITS.matcher(text).matches()) {
            throw new UnusableValueException();
        }
        long value = Long.parseLong(text);
        if (value != (int) value) {
            throw new UnusableValueException();
        }
        return (int) value;
    }

    @Override
    public String toJson(Integer value) {
        return value.toString();
    }
}
