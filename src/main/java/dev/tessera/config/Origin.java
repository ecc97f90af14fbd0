package dev.tessera.config;

/**
 * Where a value came from.
 *
 * @param kind the sort of source
 * @param name the source as a user knows it: the file's path, the environment variable or the flag
 */
public record Origin(Kind kind, String name) {

    /** The sorts of sources, each overriding those before it. */
    public enum Kind {
        FILE,
        ENVIRONMENT,
        FLAG,
        CODE
    }

    /** Java code that embeds the server. */
    public static final Origin CODE = new Origin(Kind.CODE, "configuration");

    @Override
    public String toString() {
        return kind == Kind.ENVIRONMENT ? "environment variable " + name : name;
    }
}
