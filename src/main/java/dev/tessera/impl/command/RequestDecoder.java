package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.json.Unsigned;
import dev.tessera.impl.json.Utf8;
import dev.tessera.impl.log.LimitedLog;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.protocol.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages into {@link Request}s in one pass over the bytes, without a tree: it validates the JSON, finds the
 * command, and reads and checks the parameters.
 *
 * <p>If a message has several faults, the decoder reports the first in this order: the whole message, the name, absent
 * parameters, wrong types, wrong values, the token. The options come after the parameters of the command. Thread: one
 * at a time.
 */
public final class RequestDecoder {

    private static final LimitedLog FAILED = LimitedLog.error(
            RequestDecoder.class, "A message could not be decoded; this is a fault of the server, please report it");
    private static final byte[] TKN = {'t', 'k', 'n'};
    private static final byte[] IF = {'i', 'f'};
    private static final Object[] NO_VALUES = {};
    /** The parameters are nested in the body, and the body in the message. */
    private static final int DEPTH_OF_PARAMETERS = 2;

    private static final Fault SYNTAX = new Fault(Status.COMMAND_SYNTAX, Messages.NOT_A_COMMAND);
    private static final Fault BODY = new Fault(Status.COMMAND_TYPE, Messages.BODY_NOT_AN_OBJECT);
    private static final Fault UNKNOWN = new Fault(Status.COMMAND_NOT_EXIST, Messages.UNKNOWN_COMMAND);
    private static final Fault DISABLED = new Fault(Status.COMMAND_DISABLED, Messages.COMMAND_DISABLED);
    private static final Fault NOT_IN_A_BATCH = new Fault(Status.COMMAND_SYNTAX, Messages.NOT_IN_A_BATCH);
    private static final Fault TOKEN_IN_A_BATCH = new Fault(Status.COMMAND_SYNTAX, Messages.TOKEN_IN_A_BATCH);
    private static final Fault CONDITION_IN_A_BATCH = new Fault(Status.COMMAND_SYNTAX, Messages.CONDITION_IN_A_BATCH);
    private static final Fault MULTIPLE = new Fault(Status.COMMAND_MULTIPLE, Messages.SEVERAL_COMMANDS);
    private static final Fault TOKEN_STRING = new Fault(Status.SESSION_TOKEN_INVALID, Messages.TOKEN_IS_A_STRING);
    private static final Fault TOKEN = new Fault(Status.SESSION_TOKEN_INVALID, Messages.notUnsigned("tkn"));

    private final Commands commands;
    private final JsonScanner scanner;
    private final int depthMax;
    private final RequestPrefixCache prefixes = new RequestPrefixCache();
    private final Slice name = new Slice();
    private final Slice slice = new Slice();
    /** The number of the command in the message that is being decoded; see {@link Commands}. */
    private int number;

    private boolean hasToken;
    private boolean isTokenString;
    private long token;
    /** Null until the decoder finds an option. */
    private @Nullable RequestOptions options;
    /** Whether this decoder reads the commands of a batch. */
    private final boolean batched;
    /** Decodes the commands of a batch; null before the first one. */
    private @Nullable RequestDecoder ofBatches;
    /** The fault of a parameter that a command in a batch must not have; null without one. */
    private @Nullable Fault notInBatch;

    /**
     * Creates a decoder for many messages, one after the other.
     *
     * @param depthMax the deepest nesting of a message
     */
    public RequestDecoder(Commands commands, int depthMax) {
        this(commands, depthMax, false);
    }

    private RequestDecoder(Commands commands, int depthMax, boolean batched) {
        this.commands = commands;
        this.depthMax = depthMax;
        this.batched = batched;
        this.scanner = new JsonScanner(depthMax);
    }

    /**
     * Decodes one message. The request keeps the array, and the decoder rewrites strings in it to canonical text.
     *
     * @throws IllFormedTextException if the message is not UTF-8
     */
    public Request decode(byte[] text, int from, int to) throws IllFormedTextException {
        number = Commands.UNKNOWN;
        hasToken = false;
        isTokenString = false;
        token = 0;
        options = null;
        notInBatch = null;
        try {
            return message(text, from, to).withText(text, from, to);
        } catch (JsonException e) {
            // Text before the position is valid, and canonical names may have moved it since.
            if (!Utf8.isWellFormed(text, scanner.position(), to)) {
                throw new IllFormedTextException();
            }
            return refused(null, new Fault(Status.JSON_INVALID, Messages.notJson(e.getMessage(), e.position() - from)));
        } catch (RuntimeException e) {
            FAILED.log(e);
            return refused(null, Fault.INTERNAL);
        }
    }

    private Request message(byte[] text, int from, int to) {
        RequestPrefixCache.Prefix known = prefixes.find(text, from, to);
        if (known != null) {
            return resume(known, text, from, to);
        }
        scanner.reset(text, from, to);
        if (scanner.peek() != '{') {
            scanner.skipValue();
            scanner.expectEnd();
            return refused(null, SYNTAX);
        }
        scanner.enter();
        if (!scanner.member(true, name)) {
            scanner.expectEnd();
            return refused(null, SYNTAX);
        }
        number = commands.find(name);
        Command command = commands.get(number);
        @Nullable
        Object[] values =
                command == null || command.parameterCount() == 0 ? NO_VALUES : new Object[command.parameterCount()];
        boolean isObject = body(command, values, from, to);
        return end(command, isObject, values);
    }

    /** Resumes decoding after a prefix that the cache contains. */
    private Request resume(RequestPrefixCache.Prefix known, byte[] text, int from, int to) {
        scanner.resetWithin(DEPTH_OF_PARAMETERS, text, from + known.bytes.length, to);
        Command command = known.command;
        name.set(command.nameBytes(), 0, command.nameBytes().length);
        number = known.commandNumber;
        hasToken = known.hasToken;
        token = known.token;
        @Nullable Object[] values = new Object[command.parameterCount()];
        values[known.parameter] = command.parameter(known.parameter).read(scanner);
        while (scanner.member(false, slice)) {
            member(command.indexOf(slice), command, values);
        }
        return end(command, true, values);
    }

    private Request end(@Nullable Command command, boolean isObject, @Nullable Object[] values) {
        boolean multiple = false;
        while (scanner.member(false, slice)) {
            multiple = true;
            scanner.skipValue();
        }
        scanner.expectEnd();
        if (multiple) {
            return refused(null, MULTIPLE);
        }
        return check(command, isObject, values);
    }

    /** Reads the body of a command, and returns whether it is an object. */
    private boolean body(@Nullable Command command, @Nullable Object[] values, int from, int to) {
        if (scanner.peek() != '{') {
            scanner.skipValue();
            return false;
        }
        scanner.enter();
        boolean known = false;
        for (boolean first = true; scanner.member(first, slice); first = false) {
            int index = command == null ? -1 : command.indexOf(slice);
            if (index >= 0 && !known && canResume()) {
                prefixes.keep(
                        scanner.text(),
                        from,
                        scanner.position(),
                        to,
                        Objects.requireNonNull(command),
                        number,
                        index,
                        hasToken,
                        token);
                known = true;
            }
            member(index, command, values);
        }
        return true;
    }

    /** Returns whether the prefix up to the first parameter means no more than the cache keeps. */
    private boolean canResume() {
        return options == null && notInBatch == null && !isTokenString && !scanner.anyEscape();
    }

    private void member(int index, @Nullable Command command, @Nullable Object[] values) {
        if (command != null && index >= 0) {
            values[index] = command.parameter(index).read(scanner);
        } else if (batched) {
            ofBatch(command);
        } else if (slice.contentEquals(TKN)) {
            scanner.value(slice);
            hasToken = Unsigned.isUnsigned(slice.array(), slice.from(), slice.to());
            isTokenString = !hasToken && slice.array()[slice.from()] == '"';
            token = hasToken ? Unsigned.parse(slice.array(), slice.from(), slice.to()) : 0;
        } else {
            option(command);
        }
    }

    /**
     * Reads an option of a command in a batch. Skips a member that belongs to the batch as a whole, or to no command.
     */
    private void ofBatch(@Nullable Command command) {
        if (RequestOptions.isOfOneCommand(slice)) {
            option(command);
            return;
        }
        if (slice.contentEquals(TKN)) {
            notInBatch = TOKEN_IN_A_BATCH;
        } else if (slice.contentEquals(IF)) {
            notInBatch = CONDITION_IN_A_BATCH;
        }
        scanner.skipValue();
    }

    private void option(@Nullable Command command) {
        Parameter<?> option = RequestOptions.find(slice, command);
        if (option == null) {
            scanner.skipValue();
            return;
        }
        if (options == null) {
            options = new RequestOptions();
        }
        options.read(option, scanner);
    }

    private Request check(@Nullable Command command, boolean isObject, @Nullable Object[] values) {
        // The answer to an unknown command repeats a token, because the server cannot know whether the command takes
        // one.
        if (!commands.sessions() || (command != null && !command.takesToken())) {
            hasToken = false;
        }
        if (command == null || !isObject) {
            return refused(name, isObject ? UNKNOWN : BODY);
        }
        Fault fault = fault(command, values);
        if (fault != null) {
            return refused(name, fault);
        }
        Request request = Request.of(command, number, values, options, answersHaveTokens(), hasToken, token);
        Fault misfit = options == null ? null : command.optionsFault(request);
        return misfit == null ? request : refused(name, misfit);
    }

    private @Nullable Fault fault(Command command, @Nullable Object[] values) {
        if (commands.isDisabled(command)) {
            return DISABLED;
        }
        if (batched && !command.mayBeInBatch()) {
            return NOT_IN_A_BATCH;
        }
        if (notInBatch != null) {
            return notInBatch;
        }
        Fault fault = worst(command, values);
        if (options != null) {
            fault = worse(fault, options.fault());
        }
        if (fault == null && !hasToken && !batched && commands.takesToken(command)) {
            fault = isTokenString ? TOKEN_STRING : TOKEN;
        }
        if (fault == null && command instanceof BatchCommand batch) {
            fault = batch.decode(values, ofBatches());
            // The answer to a batch may end with other members than a message; with options, that is considered.
            options = options == null ? new RequestOptions() : options;
        }
        return fault;
    }

    /**
     * Returns whether answers contain tokens. Those within the reply to a batch do not, as on a server without
     * sessions.
     */
    private boolean answersHaveTokens() {
        return commands.sessions() && !batched;
    }

    private RequestDecoder ofBatches() {
        if (ofBatches == null) {
            ofBatches = new RequestDecoder(commands, depthMax, true);
        }
        return ofBatches;
    }

    /**
     * Returns the fault to report among those of all parameters: absence before type before value, then by the order of
     * declaration.
     */
    private static @Nullable Fault worst(Command command, @Nullable Object[] values) {
        Fault worst = null;
        for (int i = 0; i < command.parameterCount(); i++) {
            Parameter<?> parameter = command.parameter(i);
            Fault fault = values[i] instanceof Fault found
                    ? found
                    : values[i] == null && parameter.required() ? parameter.missing() : null;
            worst = worse(worst, fault);
        }
        return worst;
    }

    /** Returns the fault to report among two; the first if none comes before the other. */
    static @Nullable Fault worse(@Nullable Fault one, @Nullable Fault other) {
        return one == null || (other != null && rank(other) < rank(one)) ? other : one;
    }

    private static int rank(Fault fault) {
        return switch (fault.status()) {
            case PARAM_MISSING -> 0;
            case VALUE_TYPE_INVALID -> 1;
            default -> 2;
        };
    }

    private Request refused(@Nullable Slice named, Fault fault) {
        return named == null
                ? Request.refused(null, Commands.UNKNOWN, fault, null, commands.sessions(), hasToken, token)
                : Request.refused(named.copy(), number, fault, options, commands.sessions(), hasToken, token);
    }
}
