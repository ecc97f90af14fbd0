package dev.tessera.config;

/**
 * The source of a value.
 *
 * @param kind the kind of source
 * @param name the source as the user knows it: the path of the file, the environment variable or the flag
 */
public record Origin(Kind kind, String name) {

    /** The kinds of sources. Each one overrides those before it. */
    public enum Kind {
        /** The configuration file, or the defaults. */
        FILE,
        /** An environment variable. */
        ENVIRONMENT,
        /** A flag of the command line. */
        FLAG,
        /** Java code. */
        CODE
    }

    /** The Java code that embeds the server. */
    public static final Origin CODE = new Origin(Kind.CODE, "configuration");

    @Override
    public String toString() {
        return kind == Kind.ENVIRONMENT ? "environment variable " + name : name;
    }
}
