package dev.tessera.impl.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The texts of {@code m} for faults of messages, parameters and commands. The protocol's tests and docs quote them, so
 * each text exists once. Packages keep texts that they alone use beside their users.
 */
public final class Messages {

    /** The server failed; status 1000. */
    public static final String INTERNAL = "an internal fault; the server's log has its cause";

    /** The message is not UTF-8. */
    public static final String NOT_UTF8 = "the message is not well-formed UTF-8";

    /** A WebSocket message is binary. */
    public static final String BINARY_MESSAGE = "a message must be text, and this one is binary";

    /** The message is JSON, but not an object with one member. */
    public static final String NOT_A_COMMAND = "a message must be an object with one member, the command";

    /** The message contains several commands. */
    public static final String SEVERAL_COMMANDS = "a message must hold one command, and this one holds more";

    /** The body of the command is not an object. */
    public static final String BODY_NOT_AN_OBJECT = "the body of a command must be an object";

    /** The memory for messages of all clients is used up; status 205. */
    public static final String NO_ROOM_FOR_MESSAGE =
            "the server has no memory for this message, because too many others are arriving; send it again later";

    /** An unfinished message makes no progress; the reason of a close frame with 1008. */
    public static final String MESSAGE_TOO_SLOW = "the message came too slowly";

    /** No command has the name in the message. */
    public static final String UNKNOWN_COMMAND = "there is no command of this name";

    /** The configuration disables the command. */
    public static final String COMMAND_DISABLED = "this command is switched off by the configuration";

    /** The key of a command that changes a value does not exist. */
    public static final String KEY_NOT_EXIST = "there is no such key";

    /** No session has the token of the request. */
    public static final String NO_SESSION = "no session has this token";

    /** No shared session has the name in {@code SH_OPEN}. */
    public static final String NO_SHARED_SESSION = "no shared session has this name";

    /** A shared session has the name in {@code SH_NEW}. */
    public static final String SHARED_SESSION_EXISTS = "a shared session of this name exists already";

    /** A session has the random token that {@code SH_NEW} has drawn. */
    public static final String TOKEN_IN_USE = "the token that was drawn is in use; try again";

    /** Some owners of global keys did not execute their parts of a command that changes keys. */
    public static final String PARTITIONS_FAILED =
            "some partitions refused or failed; their keys may or may not have been changed";

    /** The limit of searches and updates that wait for a worker, or of their memory, is reached. */
    public static final String SEARCHES_WAITING = "too many searches are waiting; try again";

    /** The stored data would take more memory than the limit. */
    public static final String MEMORY_FULL = "the memory for stored data (limits.maxDataBytes) is full; nothing was"
            + " changed: remove keys or sessions, or try again later";

    /** A session of a save does not fit into the memory for stored data. */
    public static final String LOAD_DOES_NOT_FIT = "the rest of the save does not fit into the memory for stored data"
            + " (limits.maxDataBytes, limits.maxSessions)";

    /** There are as many sessions as the limit allows. */
    public static final String TOO_MANY_SESSIONS =
            "there are as many sessions as limits.maxSessions allows; nothing was changed: end a session first";

    /** The session would have more keys than the limit allows. */
    public static final String TOO_MANY_KEYS = "the session would have more keys than limits.maxKeysPerSession allows;"
            + " nothing was changed: remove keys first";

    /** A key does not have the revision that the command requires; status 206. */
    public static final String CONFLICT = "a key does not have the required revision; nothing was changed";

    /** Without sessions, a condition concerns another key than the command, or one of them concerns several. */
    public static final String CONDITION_OF_ANOTHER_KEY =
            "without sessions, parameter 'if' must name exactly the key that"
                    + " the command changes, and the command must change one key";

    /** The request came after another one, which no owner executed. */
    public static final String EARLIER_UNAVAILABLE =
            "an earlier command of this client on the session found no owner; nothing was applied, try again";

    /** A command must not be part of a batch; status 13. */
    public static final String NOT_IN_A_BATCH = "this command cannot be part of a batch";

    /** A command in a batch has a condition; status 13. */
    public static final String CONDITION_IN_A_BATCH =
            "a command in a batch must not have parameter 'if'; give it to the" + " batch";

    /** A command in a batch has a token; status 13. */
    public static final String TOKEN_IN_A_BATCH =
            "a command in a batch must not have parameter 'tkn'; give it to the" + " batch";

    /** The slow commands of a batch took more time than all of them have; status 203. */
    public static final String BATCH_TOOK_TOO_LONG = "the commands of the batch took too long; nothing was changed";

    private static final String UNSIGNED = "18446744073709551615";

    /** The token of a request is a string; status 101. */
    public static final String TOKEN_IS_A_STRING =
            notUnsigned("tkn") + "; strings of its digits are accepted only with ?tkn=string in the URL";

    private Messages() {}

    /**
     * The message is not JSON.
     *
     * @param reason the reason, which the scanner states
     * @param at the offset of the error in the message
     */
    public static String notJson(@Nullable String reason, long at) {
        return "not JSON: " + reason + " at byte " + at;
    }

    /** The message has more bytes than the limit. */
    public static String messageTooLarge(int bytesMax) {
        return "a message must not be larger than " + bytesMax + " bytes";
    }

    /** A key in a parameter has more bytes than the limit. */
    public static String keyTooLarge(String parameter, int bytesMax) {
        return "a key in parameter '" + parameter + "' must not be larger than " + bytesMax + " bytes";
    }

    /** A value in a parameter has more bytes than the limit. */
    public static String valueTooLarge(String parameter, int bytesMax) {
        return "a value in parameter '" + parameter + "' must not be larger than " + bytesMax + " bytes";
    }

    /** The answer would have more bytes than the limit. */
    public static String answerTooLarge(int bytesMax) {
        return "the answer would be larger than " + bytesMax + " bytes; ask for less at a time";
    }

    /** A required parameter is absent. */
    public static String missing(String parameter) {
        return "parameter '" + parameter + "' is missing";
    }

    /** A parameter that must not be empty is. */
    public static String empty(String parameter) {
        return "parameter '" + parameter + "' must not be empty";
    }

    /**
     * A parameter has another type.
     *
     * @param type the right type with its article, such as "an object"
     */
    public static String wrongType(String parameter, String type) {
        return "parameter '" + parameter + "' must be " + type;
    }

    /** A parameter is not an unsigned 64-bit integer. */
    public static String notUnsigned(String parameter) {
        return "parameter '" + parameter + "' must be an integer of 0 to " + UNSIGNED;
    }

    /** A parameter is an array that contains something else than tokens. */
    public static String notTokens(String parameter) {
        return "parameter '" + parameter + "' must hold integers of 0 to " + UNSIGNED + " alone";
    }

    /** A request id has more bytes than the limit. */
    public static String requestIdTooLarge(String parameter, int bytesMax) {
        return "parameter '" + parameter + "' must not be longer than " + bytesMax + " bytes";
    }

    /** A parameter is not an integer of a range. */
    public static String notBetween(String parameter, int min, int max) {
        return "parameter '" + parameter + "' must be an integer of " + min + " to " + max;
    }

    /** A parameter is not the position at which a list goes on. */
    public static String notNext(String parameter) {
        return "parameter '" + parameter + "' must be the 'next' of an earlier reply";
    }

    /** A parameter is an object that contains something else than revisions. */
    public static String notRevisions(String parameter, long revisionMax) {
        return "parameter '" + parameter + "' must hold integers of 0 to " + revisionMax + " alone";
    }

    /** A parameter is not one of the words in a list. */
    public static String notOneOf(String parameter, Iterable<String> words) {
        return "parameter '" + parameter + "' must be one of " + String.join(", ", words);
    }

    /**
     * A parameter is a string that is no name of a save.
     *
     * @param wrong the reason as the predicate of a sentence
     */
    public static String notDatasetName(String parameter, String wrong) {
        return "parameter '" + parameter + "' " + wrong;
    }

    /** A parameter is not a JSONPath. */
    public static String notPath(String parameter, @Nullable String reason) {
        return "parameter '" + parameter + "' is not a JSONPath: " + reason;
    }

    /** A parameter is a JSONPath that may lead to several places. */
    public static String notSingular(String parameter) {
        return "parameter '" + parameter + "' must lead to one place, by names and indexes alone";
    }

    /**
     * A parameter is an object that contains values of another type.
     *
     * @param types the right type in the plural, such as "numbers"
     */
    public static String notHolding(String parameter, String types) {
        return "parameter '" + parameter + "' must hold " + types + " alone";
    }

    /**
     * A parameter is not a JSON patch.
     *
     * @param reason the predicate of a sentence about the parameter
     */
    public static String notPatch(String parameter, String reason) {
        return "parameter '" + parameter + "' " + reason;
    }

    /** A parameter has more commands than the limit. */
    public static String tooManyCommands(String parameter, int commandsMax) {
        return "parameter '" + parameter + "' must not hold more than " + commandsMax + " commands";
    }

    /** Others changed the session during each attempt of a slow batch. */
    public static String batchOvertaken(int attempts) {
        return "the session changed during each of " + attempts + " attempts; the batch changed nothing, try again";
    }

    /** Others changed a value during each attempt of a slow update. */
    public static String updateOvertaken(int attempts) {
        return "the value changed during each of " + attempts + " evaluations; the update changed nothing, try again";
    }

    /**
     * A value cannot be changed as requested.
     *
     * @param reason the predicate of a sentence about the value
     */
    public static String cannotChange(String key, String reason) {
        return "the value of key '" + key + "' " + reason;
    }

    /** The values that a command changes in place would be too large together. */
    public static String changesTooLarge(int bytesMax) {
        return "the changed values would have more than " + bytesMax + " bytes together";
    }

    /** A value would nest deeper than the limit after an update. */
    public static String updateTooDeep(@Nullable String reason) {
        return "the updated value would be too deep: " + reason;
    }
}
