package dev.tessera.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lists of names of one form: an array of strings in JSON, separated by commas in text. No form allows a comma or a
 * quote. The type does not check that the named things exist.
 *
 * @param form the pattern of each name
 * @param kind the kind of thing that is named, in the plural
 * @param example a valid name for error texts
 */
record NamesType(int maxCount, Pattern form, String kind, String example) implements ValueType<List<String>> {

    private static final Pattern COMMAND = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    /** An origin as browsers send it (RFC 6454, section 6.1), without a path or a trailing slash. */
    private static final Pattern ORIGIN = Pattern.compile("\\*|[a-z][a-z0-9+.-]{0,31}://[a-z0-9.\\[\\]:_-]{1,255}");

    /** A host name without a port. */
    private static final Pattern HOST = Pattern.compile("\\*|[A-Za-z0-9._-]{1,253}");

    /** A host name, an IPv4 address, or an IPv6 address in brackets, followed by a port. */
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");

    static NamesType addresses(int maxCount) {
        return new NamesType(maxCount, ADDRESS, "addresses", "10.0.0.1:5701");
    }

    static NamesType hosts(int maxCount) {
        return new NamesType(maxCount, HOST, "host names", "tessera.example.com");
    }

    static NamesType commands(int maxCount) {
        return new NamesType(maxCount, COMMAND, "command names", "KV_CLEAR");
    }

    static NamesType origins(int maxCount) {
        return new NamesType(maxCount, ORIGIN, "origins", "https://app.example.com");
    }

    @Override
    public String name() {
        return "array of strings";
    }

    @Override
    public String range() {
        return "0.." + maxCount + " " + kind;
    }

    @Override
    public String expected() {
        return "an array of " + range() + " such as " + example;
    }

    @Override
    public boolean accepts(List<String> value) {
        return value.size() <= maxCount
                && value.stream().allMatch(name -> form.matcher(name).matches());
    }

    @Override
    public List<String> fromJson(JsonNode node) throws UnusableValueException {
        if (!node.isArray()) {
            throw new UnusableValueException();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode element : node) {
            if (!element.isTextual()) {
                throw new UnusableValueException();
            }
            names.add(element.textValue());
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> fromText(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    @Override
    public String toJson(List<String> value) {
        return value.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
