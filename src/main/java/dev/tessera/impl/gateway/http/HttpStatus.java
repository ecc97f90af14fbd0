package dev.tessera.impl.gateway.http;

import dev.tessera.impl.command.AnswerScanner;
import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.json.Slice;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;

/** The HTTP statuses of the API. This is the only place that derives them from the protocol's statuses. */
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
    static final int URI_TOO_LONG = 414;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int MISDIRECTED = 421;
    static final int UNPROCESSABLE = 422;
    static final int HEADER_TOO_LARGE = 431;
    static final int INTERNAL_ERROR = 500;
    static final int UNAVAILABLE = 503;
    static final int INSUFFICIENT_STORAGE = 507;

    private static final byte[] MESSAGE = "m".getBytes(StandardCharsets.US_ASCII);

    private HttpStatus() {}

    /**
     * Returns the HTTP status of a whole answer, by the {@code st} at its beginning. An answer without it has only the
     * statuses of its keys, and its command was executed.
     */
    static int of(byte[] answer) {
        Status status = Status.of(AnswerStatus.of(answer, 0));
        if (status == Status.KEY_NOT_EXIST) {
            // Some commands find nothing to do without the key, others fail.
            return new AnswerScanner(0).find(answer, MESSAGE, new Slice()) ? NOT_FOUND : OK;
        }
        return status == null ? OK : of(status);
    }

    /** Returns the HTTP status of an answer that begins with this status. */
    static int of(Status status) {
        return switch (status) {
            // The command was refused before its execution.
            case PAYLOAD_INVALID,
                    JSON_INVALID,
                    PATH_INVALID,
                    COMMAND_NOT_EXIST,
                    COMMAND_MULTIPLE,
                    COMMAND_TYPE,
                    COMMAND_SYNTAX,
                    PARAM_MISSING,
                    VALUE_TYPE_INVALID,
                    VALUE_SIZE,
                    SESSION_TOKEN_INVALID -> BAD_REQUEST;
            case COMMAND_DISABLED, NOT_AUTHORIZED -> FORBIDDEN;
            case SESSION_NOT_EXIST -> NOT_FOUND;
            case UNAVAILABLE -> HttpStatus.UNAVAILABLE;
            // Not 503, because clients repeat a request with 503 by themselves.
            case SAVE_DIR_WRITE_FAIL, SAVE_ERROR, LOAD_ERROR, OUTCOME_UNKNOWN, UNKNOWN -> INTERNAL_ERROR;
            case NO_PATH, KEY_TYPE_INVALID, LIMIT_EXCEEDED, TIME_EXCEEDED -> UNPROCESSABLE;
            case STORAGE_FULL -> INSUFFICIENT_STORAGE;
            case CONFLICT -> HttpStatus.CONFLICT;
            case OK,
                    KEY_SET,
                    KEY_UPDATED,
                    KEY_NOT_EXIST,
                    KEY_EXISTS,
                    KEY_REMOVED,
                    VALUE_MISSING,
                    SESSION_OPEN_FAIL,
                    SESSION_NEW_FAIL,
                    SAVE_START,
                    SAVE_COMPLETE,
                    LOAD_COMPLETE -> HttpStatus.OK;
        };
    }
}
