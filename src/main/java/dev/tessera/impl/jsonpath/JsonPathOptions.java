package dev.tessera.impl.jsonpath;

/**
 * Options of the compiler of queries.
 *
 * @param strict whether to keep to RFC 9535 alone; otherwise {@code .length} at the end of a compared query is also the
 *     length of an array or a string
 * @param lengthMax the longest query, in UTF-16 units
 */
public record JsonPathOptions(boolean strict, int lengthMax) {

    /** The default for {@link #lengthMax()}. */
    public static final int DEFAULT_LENGTH_MAX = 8_192;

    /** The default options. */
    public static final JsonPathOptions DEFAULT = new JsonPathOptions(false, DEFAULT_LENGTH_MAX);
}
