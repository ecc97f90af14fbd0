package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * Strings of {@code minLength} to {@code maxLength} characters (UTF-16 units).
 *
 * @param isSecret whether logs and messages must hide the strings
 */
record TextType(int minLength, int maxLength, boolean isSecret) implements ValueType<String> {

    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+\\z");

    @Override
    public String name() {
        return "string";
    }

    @Override
    public String range() {
        return minLength + ".." + maxLength + " characters";
    }

    @Override
    public String expected() {
        return "a string of " + range();
    }

    @Override
    public boolean accepts(String value) {
        return value.length() >= minLength && value.length() <= maxLength;
    }

    @Override
    public String fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isTextual()) {
            throw new UnusableValueException();
        }
        return node.textValue();
    }

    /** Returns the text; of a secret without the line ends after it, because tools that write secrets add them. */
    @Override
    public String fromText(String text) {
        return isSecret ? LINE_ENDS.matcher(text).replaceFirst("") : text;
    }

    @Override
    public String toJson(String value) {
        return TextNode.valueOf(value).toString();
    }
}
