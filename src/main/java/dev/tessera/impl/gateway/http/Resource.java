package dev.tessera.impl.gateway.http;

/**
 * What a path leads to. Paths are read as they came, without the removal of dot segments that routers do: {@code ..}
 * may be a key, and must not lead to the session above it.
 *
 * @param kind which of the resources
 * @param token what stands in the place of the token, or null
 * @param key the key, or null
 */
record Resource(Kind kind, String token, String key) {

    /** The resources. */
    enum Kind {
        COMMANDS("/v1/commands"),
        SESSIONS("/v1/sessions"),
        SESSION("/v1/sessions/{tkn}"),
        KEYS("/v1/sessions/{tkn}/keys"),
        KEY("/v1/sessions/{tkn}/keys/{key}"),
        DESCRIPTION("/openapi.json");

        private final String template;

        Kind(String template) {
            this.template = template;
        }

        /** The path as a template of OpenAPI. */
        String template() {
            return template;
        }
    }

    private static final String SESSIONS_PREFIX = Kind.SESSIONS.template + "/";
    private static final String KEYS_SUFFIX = "/keys";

    /** The resource of a path, or null. Everything behind {@code /keys/} is the key, slashes included. */
    static Resource of(String path) throws PercentDecoder.IllFormed {
        if (path.startsWith(SESSIONS_PREFIX)) {
            return below(path.substring(SESSIONS_PREFIX.length()));
        }
        for (Kind kind : Kind.values()) {
            if (path.equals(kind.template)) {
                return new Resource(kind, null, null);
            }
        }
        return null;
    }

    private static Resource below(String rest) throws PercentDecoder.IllFormed {
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return new Resource(Kind.SESSION, rest, null);
        }
        String token = rest.substring(0, slash);
        String tail = rest.substring(slash);
        if (tail.equals(KEYS_SUFFIX)) {
            return new Resource(Kind.KEYS, token, null);
        }
        return tail.startsWith(KEYS_SUFFIX + "/")
                ? new Resource(Kind.KEY, token, PercentDecoder.ofPath(tail.substring(KEYS_SUFFIX.length() + 1)))
                : null;
    }
}
