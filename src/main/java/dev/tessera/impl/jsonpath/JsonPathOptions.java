package dev.tessera.impl.jsonpath;

/**
 * How queries are compiled.
 *
 * @param strict whether to keep to RFC 9535 alone; otherwise {@code .length} at the end of a compared query also gives
 *     the length of an array or a string
 * @param lengthMax the longest query, in UTF-16 units
 */
public record JsonPathOptions(boolean strict, int lengthMax) {

    /** The default for {@link #lengthMax()}. */
    public static final int DEFAULT_LENGTH_MAX = 8_192;

    /** The options that hold where nothing else is said. */
    public static final JsonPathOptions DEFAULT = new JsonPathOptions(false, DEFAULT_LENGTH_MAX);
}
