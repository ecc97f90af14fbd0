package dev.tessera.impl.jsonpath.parser;

/** The sizes that a query may have; they keep both parsing and running within a small stack. */
public final class ParserLimits {

    /** The deepest nesting of filters, parentheses and function calls together. */
    public static final int DEPTH_MAX = 64;
    /** The most segments of a query, those inside its filters included. */
    public static final int SEGMENTS_MAX = 512;

    private ParserLimits() {}
}
