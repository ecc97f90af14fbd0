package dev.tessera.protocol;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a command or of one of its keys: the {@code st} of an answer. The codes belong to the protocol and
 * never change.
 */
public enum Status {
    /** The command succeeded. */
    OK(1),
    /** The client sent a binary message; messages are text. */
    PAYLOAD_INVALID(2),
    /** The message is not JSON. */
    JSON_INVALID(3),
    /** A JSONPath is not well-formed. */
    PATH_INVALID(4),
    /** A JSONPath matches nothing. */
    NO_PATH(5),
    /** No command has this name. */
    COMMAND_NOT_EXIST(10),
    /** The message contains more than one command. */
    COMMAND_MULTIPLE(11),
    /** The body of a command is not an object. */
    COMMAND_TYPE(12),
    /** The message is JSON, but not a command. */
    COMMAND_SYNTAX(13),
    /** The configuration disables the command. */
    COMMAND_DISABLED(14),
    /** The server stored a new key. */
    KEY_SET(20),
    /** The server replaced the value of a key. */
    KEY_UPDATED(21),
    /** The key does not exist. */
    KEY_NOT_EXIST(22),
    /** The key exists, and the server left it unchanged. */
    KEY_EXISTS(23),
    /** The server removed the key. */
    KEY_REMOVED(24),
    /** A required parameter is absent. */
    PARAM_MISSING(26),
    /** A key has the wrong type. */
    KEY_TYPE_INVALID(27),
    /** A value is absent. */
    VALUE_MISSING(40),
    /** A parameter has the wrong JSON type. */
    VALUE_TYPE_INVALID(41),
    /** A parameter is too small or too large, or empty. */
    VALUE_SIZE(42),
    /** No session has this token. */
    SESSION_NOT_EXIST(100),
    /** The token is not an unsigned 64-bit integer. */
    SESSION_TOKEN_INVALID(101),
    /** No shared session has this name. */
    SESSION_OPEN_FAIL(102),
    /** A shared session of this name exists. */
    SESSION_NEW_FAIL(103),
    /** A save has begun. */
    SAVE_START(120),
    /** A save is complete. */
    SAVE_COMPLETE(121),
    /** The directory of a save cannot be written. */
    SAVE_DIR_WRITE_FAIL(122),
    /** A save has failed. */
    SAVE_ERROR(123),
    /** A load is complete. */
    LOAD_COMPLETE(141),
    /** A load has failed. */
    LOAD_ERROR(142),
    /** The server did not apply the command; the client can try again. */
    UNAVAILABLE(200),
    /** The server may or may not have applied the command. */
    OUTCOME_UNKNOWN(201),
    /** The command would exceed a limit of the server. */
    LIMIT_EXCEEDED(202),
    /** A search took too long. */
    TIME_EXCEEDED(203),
    /** The client may not send the command. */
    NOT_AUTHORIZED(204),
    /** The disk is full. */
    STORAGE_FULL(205),
    /** A key does not have the revision that the command requires, or the value that a patch tests. */
    CONFLICT(206),
    /** The server failed; its log contains the cause. */
    UNKNOWN(1000);

    private static final Set<Status> NO_FAULTS = EnumSet.of(
            OK, KEY_SET, KEY_UPDATED, KEY_NOT_EXIST, KEY_EXISTS, KEY_REMOVED, SAVE_START, SAVE_COMPLETE, LOAD_COMPLETE);
    private static final Map<Integer, Status> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Status::code, Function.identity()));

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** Returns whether an answer that begins with this status reports a failure. A status of a key never does. */
    public boolean isFault() {
        return !NO_FAULTS.contains(this);
    }

    /** Returns the status with this code, or null if no status has it. */
    public static @Nullable Status of(int code) {
        return BY_CODE.get(code);
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }
}
