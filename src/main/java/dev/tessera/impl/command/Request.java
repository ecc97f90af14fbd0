package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.command.parameter.Revisions;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decoded message: a command with the values of its parameters, or a fault. The gateway passes it by reference to
 * one store or several, which only read it. A request without a fault has a command.
 */
public final class Request {

    private static final Object[] NO_VALUES = {};
    private static final byte[] NO_TEXT = {};

    /**
     * The reason why the request is refused.
     *
     * @param name the name in the message; null if the message names no command
     */
    private record Refusal(byte @Nullable [] name, Fault fault) {}

    private final @Nullable Command command;
    private final @Nullable Object[] values;
    /** Null if the request may be executed. */
    private final @Nullable Refusal refusal;
    /** Null for most requests, which have none. */
    private final @Nullable RequestOptions options;
    /** See {@link Commands}. Two bytes, so that a request does not grow by a word. */
    private final short commandNumber;

    private final boolean sessions;
    private final boolean hasToken;
    private long token;
    private int @Nullable [] partitions;
    private byte[] text = NO_TEXT;
    private int textFrom;
    private int textTo;

    private Request(
            @Nullable Command command,
            int commandNumber,
            @Nullable Object[] values,
            @Nullable Refusal refusal,
            @Nullable RequestOptions options,
            boolean sessions,
            boolean hasToken,
            long token) {
        this.command = command;
        this.commandNumber = (short) commandNumber;
        this.values = values;
        this.refusal = refusal;
        this.options = options;
        this.sessions = sessions;
        this.hasToken = hasToken;
        this.token = token;
    }

    static Request of(
            Command command,
            int commandNumber,
            @Nullable Object[] values,
            @Nullable RequestOptions options,
            boolean sessions,
            boolean hasToken,
            long token) {
        return new Request(command, commandNumber, values, null, options, sessions, hasToken, token);
    }

    static Request refused(
            byte @Nullable [] name,
            int commandNumber,
            Fault fault,
            @Nullable RequestOptions options,
            boolean sessions,
            boolean hasToken,
            long token) {
        return new Request(
                null, commandNumber, NO_VALUES, new Refusal(name, fault), options, sessions, hasToken, token);
    }

    /**
     * Creates a request of the server to one of its own partitions.
     *
     * @param partition the number of the partition
     * @param argument the argument of the command; the caller must not change it any more
     */
    public static Request internal(InternalCommand command, int partition, byte[] argument) {
        Request request = of(command, Commands.UNKNOWN, NO_VALUES, null, true, false, 0);
        request.partitions = new int[] {partition};
        return request.withText(argument, 0, argument.length);
    }

    /** Creates the request for a message in which no command was found. */
    public static Request unnamed(Fault fault) {
        return refused(null, Commands.UNKNOWN, fault, null, true, false, 0);
    }

    /** Keeps the message from which the request was decoded. */
    Request withText(byte[] array, int from, int to) {
        text = array;
        textFrom = from;
        textTo = to;
        return this;
    }

    /**
     * Returns a request of the same command, with the same token and options, and with other values.
     *
     * @param otherText decodes to such a request; the caller must not change it any more
     */
    public Request with(byte[] otherText, @Nullable Object... otherValues) {
        return new Request(command, commandNumber, otherValues, null, options, sessions, hasToken, token)
                .withText(otherText, 0, otherText.length);
    }

    /**
     * Returns the message from which the request was decoded; the caller must not change it. Decoding it again, on any
     * node, returns an equal request, except for {@link #assignToken} and {@link #assignPartitions}. The text of an
     * {@link InternalCommand} is its argument.
     */
    public Slice text() {
        Slice slice = new Slice();
        slice.set(text, textFrom, textTo);
        return slice;
    }

    /** Returns the length of the message in bytes. */
    public int textLength() {
        return textTo - textFrom;
    }

    /**
     * Returns the command.
     *
     * @throws NullPointerException if the request has a {@link #fault}
     */
    public Command command() {
        return Objects.requireNonNull(command);
    }

    /**
     * Returns the number of the command in the server's {@link Commands}; {@link Commands#UNKNOWN} for an unknown
     * command, and for an {@link InternalCommand}. A request with a fault has the number of the command that it names.
     */
    public int commandNumber() {
        return commandNumber;
    }

    /** Returns the name in the message as canonical text, or null if the message names no command. */
    public byte @Nullable [] name() {
        return refusal == null ? command().nameBytes() : refusal.name;
    }

    /** Returns the fault for which the request is refused, or null if it may be executed. */
    public @Nullable Fault fault() {
        return refusal == null ? null : refusal.fault;
    }

    /** Returns whether the server has sessions; if not, no answer contains a token. */
    public boolean sessions() {
        return sessions;
    }

    /** Returns whether the message contains a valid token. Always false without sessions. */
    public boolean hasToken() {
        return hasToken;
    }

    /** Returns the token of the message, or the one that {@link #assignToken} has set. */
    public long token() {
        return token;
    }

    /** Sets the token by which the request is routed. */
    public void assignToken(long assigned) {
        this.token = assigned;
    }

    /**
     * Returns the partition of each key that the request names, by the index of the key. Null if the request concerns
     * one partition, that of its {@link #token}. The caller must not change it.
     */
    public int @Nullable [] partitions() {
        return partitions;
    }

    /**
     * Returns the partition of the key with this index.
     *
     * @throws NullPointerException if the request concerns one partition; see {@link #partitions}
     */
    public int partition(int index) {
        return Objects.requireNonNull(partitions)[index];
    }

    /** Sets the partitions by which the request is routed; see {@link #partitions}. */
    public void assignPartitions(int @Nullable [] assigned) {
        this.partitions = assigned;
    }

    /** Returns the options, or null if the message contains none. */
    public @Nullable RequestOptions options() {
        return options;
    }

    /** Returns the revisions that keys must have; null without conditions. */
    public @Nullable Revisions conditions() {
        return options == null ? null : options.conditions();
    }

    /** Returns whether the reply contains revisions. */
    public boolean wantsRevisions() {
        return options != null && options.wantsRevisions();
    }

    /** Returns the argument of an {@link InternalCommand}; the caller must not change it. */
    public byte[] argument() {
        return text;
    }

    /** Returns the value of a parameter that the command declares, or null if an optional one is absent. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Parameter<T> parameter) {
        return (T) values[command().indexOf(parameter)];
    }

    /** Returns the value of an optional parameter, or {@code otherwise} if it is absent. */
    public <T> T get(Parameter<T> parameter, T otherwise) {
        T value = get(parameter);
        return value == null ? otherwise : value;
    }

    /** Returns the value of a required parameter. */
    public <T> T require(Parameter<T> parameter) {
        return Objects.requireNonNull(get(parameter));
    }
}
