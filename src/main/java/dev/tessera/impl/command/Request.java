package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;

/**
 * One decoded message: a command with its parameters, or what is wrong with it. Passed by reference from the gateway to
 * one store or several, which only read it.
 */
public final class Request {

    private final Command command;
    private final byte[] name;
    private final Object[] values;
    private final Fault fault;
    private final boolean sessions;
    private final boolean hasToken;
    private long token;
    private int[] partitions;
    private byte[] text;
    private int textFrom;
    private int textTo;

    private Request(
            Command command,
            byte[] name,
            Object[] values,
            Fault fault,
            boolean sessions,
            boolean hasToken,
            long token) {
        this.command = command;
        this.name = name;
        this.values = values;
        this.fault = fault;
        this.sessions = sessions;
        this.hasToken = hasToken;
        this.token = token;
    }

    static Request of(Command command, Object[] values, boolean sessions, boolean hasToken, long token) {
        return new Request(command, command.nameBytes(), values, null, sessions, hasToken, token);
    }

    static Request refused(byte[] name, Fault fault, boolean sessions, boolean hasToken, long token) {
        return new Request(null, name, null, fault, sessions, hasToken, token);
    }

    /**
     * What the server asks one of its own partitions.
     *
     * @param argument what the command needs; not to be changed any more
     */
    public static Request internal(InternalCommand command, int partition, byte[] argument) {
        Request request = of(command, new Object[] {argument}, true, false, 0);
        request.partitions = new int[] {partition};
        return request.cameAs(argument, 0, argument.length);
    }

    /** What stands for a message in which no command was found. */
    public static Request unnamed(Fault fault) {
        return refused(null, fault, true, false, 0);
    }

    /** Remembers the message that was decoded. */
    Request cameAs(byte[] array, int from, int to) {
        text = array;
        textFrom = from;
        textTo = to;
        return this;
    }

    /**
     * The message that was decoded; not to be changed. Decoded again, here or elsewhere, it gives this request, but for
     * {@link #assignToken} and {@link #assignPartitions}. Of an {@link InternalCommand} it is the argument.
     */
    public Slice text() {
        Slice slice = new Slice();
        slice.set(text, textFrom, textTo);
        return slice;
    }

    /** How long the message was, in bytes. */
    public int textLength() {
        return textTo - textFrom;
    }

    /** The command; null where the request is refused. */
    public Command command() {
        return command;
    }

    /** The name that was sent, as canonical text; null where no command was named. */
    public byte[] name() {
        return name;
    }

    /** Why the request is refused; null where it may be executed. */
    public Fault fault() {
        return fault;
    }

    /** Says whether the server has sessions; where it has none, no answer speaks of tokens. */
    public boolean sessions() {
        return sessions;
    }

    /** Says whether a valid token came with the request; never where there are no sessions. */
    public boolean hasToken() {
        return hasToken;
    }

    /** The token that came with the request, or that it was given by {@link #assignToken}. */
    public long token() {
        return token;
    }

    /** Gives a token to a request that makes or finds one by name. */
    public void assignToken(long assigned) {
        this.token = assigned;
    }

    /**
     * By the index of each key that the request names, its partition; null where the request concerns one partition
     * alone, that of its {@link #token}. Not to be changed.
     */
    public int[] partitions() {
        return partitions;
    }

    /** Lets the request concern several partitions; see {@link #partitions}. */
    public void assignPartitions(int[] assigned) {
        this.partitions = assigned;
    }

    /** The argument of an {@link InternalCommand}; not to be changed. */
    public byte[] argument() {
        return (byte[]) values[0];
    }

    /** The value of a parameter that the command declares; null where an optional one is absent. */
    @SuppressWarnings("unchecked")
    public <T> T get(Parameter<T> parameter) {
        return (T) values[command.indexOf(parameter)];
    }

    /** The value of an optional parameter, or {@code otherwise} where it is absent. */
    public <T> T get(Parameter<T> parameter, T otherwise) {
        T value = get(parameter);
        return value == null ? otherwise : value;
    }
}
