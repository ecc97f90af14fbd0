package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whole numbers that fit an {@code int}: a count, a port, or the size of one message.
 *
 * @param numbers the range, within that of an {@code int}
 */
record IntegerType(LongType numbers) implements ValueType<Integer> {

    IntegerType(int min, int max) {
        this(new LongType(min, max, false));
    }

    @Override
    public String name() {
        return numbers.name();
    }

    @Override
    public String range() {
        return numbers.range();
    }

    @Override
    public String expected() {
        return numbers.expected();
    }

    @Override
    public boolean accepts(Integer value) {
        return numbers.accepts(value.longValue());
    }

    @Override
    public Integer fromJson(JsonNode node) throws UnusableValueException {
        return narrow(numbers.fromJson(node));
    }

    @Override
    public Integer fromText(String text) throws UnusableValueException {
        return narrow(numbers.fromText(text));
    }

    @Override
    public String toJson(Integer value) {
        return value.toString();
    }

    private static Integer narrow(long value) throws UnusableValueException {
        if (value != (int) value) {
            throw new UnusableValueException();
        }
        return (int) value;
    }
}
