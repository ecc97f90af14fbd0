package dev.tessera.impl.gateway.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a request names, read from its path as it arrived: {@link HttpGateway} says why.
 *
 * @param kind the kind of the resource
 * @param token the text in the place of the token, not decoded; null if the path has no such place
 * @param key the decoded key; null if the path has none
 */
record Resource(Kind kind, @Nullable String token, @Nullable String key) {

    /** The kinds of resources. */
    enum Kind {
        COMMANDS("/v1/commands"),
        SESSIONS("/v1/sessions"),
        SESSION("/v1/sessions/{tkn}"),
        KEYS("/v1/sessions/{tkn}/keys"),
        KEY("/v1/sessions/{tkn}/keys/{key}"),
        DESCRIPTION("/openapi.json");

        private static final String TOKEN_PARAMETER = "{tkn}";
        private static final String KEY_PARAMETER = "{key}";

        private final String template;

        Kind(String template) {
            this.template = template;
        }

        /** Returns the path as a template of OpenAPI. */
        String template() {
            return template;
        }

        /** Returns whether the path names a session. */
        boolean hasToken() {
            return template.contains(TOKEN_PARAMETER);
        }

        /** Returns whether the path names a key. */
        boolean hasKey() {
            return template.contains(KEY_PARAMETER);
        }

        /**
         * Returns a regular expression for the whole path. A key includes the slashes after {@code /keys/}. The
         * expression has no groups, because Vert.x Web would decode them.
         */
        String pathPattern() {
            return template.replace(".", "\\.")
                    .replace(TOKEN_PARAMETER, "[^/]*")
                    .replace(KEY_PARAMETER, "(?s:.*)");
        }
    }

    private static final int TOKEN_AT = Kind.SESSIONS.template.length() + 1;
    private static final String KEYS_INFIX = "/keys/";

    /** Returns the token of a path that has one. */
    String requireToken() {
        return Objects.requireNonNull(token);
    }

    /** Returns the key of a path that has one. */
    String requireKey() {
        return Objects.requireNonNull(key);
    }

    /**
     * Reads the token and the key from a path.
     *
     * @param path matches {@link Kind#pathPattern()}
     * @throws PercentDecoder.IllFormed if the key is not percent-encoded UTF-8
     */
    static Resource of(Kind kind, String path) throws PercentDecoder.IllFormed {
        if (!kind.hasToken()) {
            return new Resource(kind, null, null);
        }
        int tokenEnd = path.indexOf('/', TOKEN_AT);
        String token = path.substring(TOKEN_AT, tokenEnd < 0 ? path.length() : tokenEnd);
        String key = kind.hasKey() ? PercentDecoder.ofPath(path.substring(tokenEnd + KEYS_INFIX.length())) : null;
        return new Resource(kind, token, key);
    }
}
