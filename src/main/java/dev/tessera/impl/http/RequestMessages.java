package dev.tessera.impl.http;

import dev.tessera.config.Settings;

/** The texts of answers to requests that are refused before they reach a route. */
public final class RequestMessages {

    /** The Host header is absent or wrong. */
    public static final String NO_HOST = "a request must have one Host header with a host";

    /** The bytes are not an HTTP request. */
    static final String NOT_HTTP = "this is not an HTTP request";

    /** The request has a version that HTTP/1.1 does not include. */
    static final String VERSION = "the HTTP version must be 1.0, 1.1 or 2";

    /** The target of the request is a whole URL with a wrong host. */
    static final String TARGET_HOST = "the URL must have a host, with or without a port, and no user name";

    /** The end of the body is ambiguous. */
    static final String TRANSFER_ENCODING =
            "Transfer-Encoding must be 'chunked' alone, in HTTP/1.1 and without Content-Length";

    /** A chunk or a trailer of the body is wrong. */
    static final String CHUNKS = "the chunks of the body are not well-formed";

    /** The request line is over the limit. */
    static final String URL_TOO_LONG = "the URL is too long; POST the command to /v1/commands instead";

    /** The headers are over the limit. */
    static final String HEADER_TOO_LONG = "the header is too long";

    /** The Host header names a host that is not allowed. */
    public static final String OTHER_HOST = "the server does not answer in the name of this host; add the name to "
            + Settings.HTTP_HOSTS.path() + ", or use an address";

    private RequestMessages() {}
}
