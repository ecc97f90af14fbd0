package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.AnswerStatus;

/** The one place in which the HTTP status of an answer is derived from the protocol's status. */
final class HttpStatus {

    static final int OK = 200;
    static final int CREATED = 201;
    static final int NO_CONTENT = 204;
    static final int NOT_MODIFIED = 304;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int UNPROCESSABLE = 422;
    static final int INTERNAL_ERROR = 500;
    static final int UNAVAILABLE = 503;
    static final int INSUFFICIENT_STORAGE = 507;

    private HttpStatus() {}

    /**
     * The HTTP status of a whole answer, by the {@code st} with which it begins. An answer that begins with something
     * else has no status but those of its keys: the command was executed.
     */
    static int of(byte[] answer) {
        return ofProtocol(AnswerStatus.of(answer, 0));
    }

    private static int ofProtocol(int status) {
        return switch (status) {
            // What the protocol refuses before it executes anything.
            case 2, 3, 4, 10, 11, 12, 13, 26, 41, 42, 101 -> BAD_REQUEST;
            case 14, 204 -> FORBIDDEN;
            case 100 -> NOT_FOUND;
            case 200 -> UNAVAILABLE;
            // Unknown outcomes, and files that are of no use: not 503, for which clients try again by themselves.
            case 122, 123, 142, 201, 1000 -> INTERNAL_ERROR;
            case 202, 203 -> UNPROCESSABLE;
            case 205 -> INSUFFICIENT_STORAGE;
            default -> OK;
        };
    }
}
