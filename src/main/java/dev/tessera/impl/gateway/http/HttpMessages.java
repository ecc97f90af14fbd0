package dev.tessera.impl.gateway.http;

/** The texts of {@code m} that only HTTP needs. */
public final class HttpMessages {

    /** The server stops. */
    public static final String SHUTTING_DOWN = "the server is shutting down";

    /** The limit of connections is reached. */
    public static final String TOO_MANY_CONNECTIONS = "too many connections";

    /** The limit of connections of one address is reached. */
    public static final String TOO_MANY_CONNECTIONS_OF_ADDRESS = "too many connections of this address";

    /** The URL has a character beyond ASCII. */
    @SuppressWarnings("OrphanedFormatString") // %XX is the notation of URLs
    static final String URL_NOT_ASCII = "a URL must be ASCII; encode other characters as %XX";

    /** A percent sign in the URL encodes no byte. */
    static final String NOT_PERCENT_ENCODED = "a % in a URL must be followed by two hexadecimal digits";

    /** The decoded bytes of the URL are no text. */
    static final String URL_NOT_UTF8 = "the URL is not percent-encoded UTF-8";

    /** The query asks for an unknown form of tokens. */
    static final String UNKNOWN_TOKEN_FORM =
            "the parameter 'tkn' of a URL must be '" + HttpGateway.TOKENS_AS_STRINGS + "', or not be there";

    /** No resource has this path. */
    static final String NO_RESOURCE = "there is nothing at this path; /openapi.json lists what there is";

    /** The resource belongs to a session, and the server has no sessions. */
    static final String SESSIONS_DISABLED = "sessions are switched off by the configuration; POST commands on keys to "
            + Resource.Kind.COMMANDS.template();

    /** The session lacks the key in the path. */
    static final String NO_KEY = "the session has no key of this name";

    /** A conditional request does not meet its condition. */
    static final String PRECONDITION_FAILED = "the condition of If-Match or If-None-Match does not hold: only keys have"
            + " entity tags, and weak tags and \"0\" match nothing";

    /** The body has another content type. */
    static final String NOT_JSON_TYPE = "the body must be sent as Content-Type: application/json";

    /** The body of a patch has another content type. */
    static final String NOT_PATCH_TYPE = "the body must be sent as one of the Content-Types " + BodyType.PATCH_TYPES;

    /** The body is compressed. */
    static final String CONTENT_ENCODED = "the body must be sent without a Content-Encoding";

    private HttpMessages() {}

    /** The resource does not have the method. */
    static String knownMethods(String methods) {
        return "this resource knows the methods " + methods;
    }

    /** The body has another character set. */
    static String otherCharset(String charset) {
        return "the body must be UTF-8, and its Content-Type names the charset '" + charset + "'";
    }

    /** The body has more bytes than the limit. */
    static String bodyTooLarge(int bytesMax) {
        return "a body must not be larger than " + bytesMax + " bytes";
    }

    /** The batch has more commands than the limit. */
    static String batchTooLong(int commandsMax) {
        return "a batch must not hold more than " + commandsMax + " commands";
    }

    /** The server executed all commands, and their answers have more bytes than the limit. */
    static String answersTooLarge(long bytesMax) {
        return "executed, but the answers would be larger than " + bytesMax + " bytes together; ask for less at a time";
    }
}
