package dev.tessera.protocol;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a command or of one of its keys: the {@code st} of an answer. The codes are the protocol's and never
 * change.
 */
public enum Status {
    /** Done. */
    OK(1),
    /** A binary message came where text is spoken. */
    PAYLOAD_INVALID(2),
    /** The message is not JSON. */
    JSON_INVALID(3),
    /** A JSONPath is not well-formed. */
    PATH_INVALID(4),
    /** A JSONPath leads nowhere. */
    NO_PATH(5),
    /** There is no command of this name. */
    COMMAND_NOT_EXIST(10),
    /** More than one command in one message. */
    COMMAND_MULTIPLE(11),
    /** The body of a command is not an object. */
    COMMAND_TYPE(12),
    /** The message is JSON and not a command. */
    COMMAND_SYNTAX(13),
    /** The command is switched off by configuration. */
    COMMAND_DISABLED(14),
    /** The key was stored and is new. */
    KEY_SET(20),
    /** The key was there and has a new value. */
    KEY_UPDATED(21),
    /** The key is not there. */
    KEY_NOT_EXIST(22),
    /** The key is there and was left as it was. */
    KEY_EXISTS(23),
    /** The key was removed. */
    KEY_REMOVED(24),
    /** A required parameter is absent. */
    PARAM_MISSING(26),
    /** A key is not of the right type. */
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
    /** A shared session of this name exists already. */
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
    /** Not applied; try again. */
    UNAVAILABLE(200),
    /** May or may not have been applied. */
    OUTCOME_UNKNOWN(201),
    /** A limit of the server would be passed. */
    LIMIT_EXCEEDED(202),
    /** A search ran over its time. */
    TIME_EXCEEDED(203),
    /** Not allowed for this client. */
    NOT_AUTHORIZED(204),
    /** The disk is full. */
    STORAGE_FULL(205),
    /** An internal fault; the log has its cause. */
    UNKNOWN(1000);

    private static final Set<Status> NO_FAULTS = EnumSet.of(
            OK, KEY_SET, KEY_UPDATED, KEY_NOT_EXIST, KEY_EXISTS, KEY_REMOVED, SAVE_START, SAVE_COMPLETE, LOAD_COMPLETE);
    private static final Map<Integer, Status> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Status::code, Function.identity()));

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** Says whether an answer that begins with it tells of a failure; what a key's status says is never one. */
    public boolean isFault() {
        return !NO_FAULTS.contains(this);
    }

    /** The status with this number on the wire; null where there is none. */
    public static Status of(int code) {
        return BY_CODE.get(code);
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
