package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;

/** The words {@code true} and {@code false}. */
record BooleanType() implements ValueType<Boolean> {

    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public String range() {
        return "true, false";
    }

    @Override
    public String expected() {
        return "true or false";
    }

    @Override
    public boolean accepts(Boolean value) {
        return true;
    }

    @Override
    public Boolean fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isBoolean()) {
            throw new UnusableValueException();
        }
        return node.booleanValue();
    }

    @Override
    public Boolean fromText(String text) throws UnusableValueException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnusableValueException();
        };
    }

    @Override
    public String toJson(Boolean value) {
        return value.toString();
    }
}
