package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command of the protocol, written down once: its name, parameters, effect, route, execution and answer. Immutable,
 * and shared by all threads.
 */
public abstract class Command {

    /** The statuses with which every command can fail, over every transport. */
    public static final Set<Status> COMMON_FAULTS = Set.of(
            Status.PAYLOAD_INVALID,
            Status.JSON_INVALID,
            Status.COMMAND_MULTIPLE,
            Status.COMMAND_TYPE,
            Status.COMMAND_DISABLED,
            Status.VALUE_TYPE_INVALID,
            Status.VALUE_SIZE,
            Status.UNAVAILABLE,
            Status.OUTCOME_UNKNOWN,
            Status.UNKNOWN);

    private final String name;
    private final String summary;
    private final Effect effect;
    private final byte[] nameBytes;
    private final byte[] answerPrefix;
    private final Parameter<?>[] parameters;

    /**
     * Declares a command.
     *
     * @param name the name on the wire, ASCII
     * @param summary one sentence for the docs, which begins with a verb in the third person
     * @param parameters the parameters beside {@code tkn}, in the order in which they are checked
     */
    protected Command(String name, String summary, Effect effect, Parameter<?>... parameters) {
        this.name = name;
        this.summary = summary;
        this.effect = effect;
        this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        this.answerPrefix = ("{\"" + name + "_RSP\":{").getBytes(StandardCharsets.US_ASCII);
        this.parameters = parameters.clone();
    }

    /** Returns the name on the wire, such as {@code KV_SET}. */
    public final String name() {
        return name;
    }

    /** Returns one sentence about the command, such as "Removes keys.". */
    public final String summary() {
        return summary;
    }

    /** Returns the most that the command does to stored sessions and keys. */
    public final Effect effect() {
        return effect;
    }

    /** Returns the most that a request does to stored sessions and keys: by default, the most that the command does. */
    public Effect effect(Request request) {
        return effect;
    }

    /** Returns whether the command may be part of a batch. Only commands on the keys of one session may be. */
    protected boolean mayBeInBatch() {
        return false;
    }

    /** Returns the parameters beside {@code tkn}, in the order in which they are checked. */
    public final List<Parameter<?>> parameters() {
        return List.of(parameters);
    }

    /** Returns the options that the command has beside its parameters, in the order in which they are checked. */
    public List<Parameter<?>> options() {
        return RequestOptions.OF_ALL;
    }

    /**
     * Returns the fault of a request whose options do not suit its parameters; by default, null.
     *
     * @param request a request of this command with options, without another fault
     */
    protected @Nullable Fault optionsFault(Request request) {
        return null;
    }

    /**
     * Returns the statuses with which the command can fail beside {@link #COMMON_FAULTS}, in the order of their codes,
     * on a server with sessions.
     */
    public final Set<Status> faults() {
        Set<Status> faults = EnumSet.noneOf(Status.class);
        for (Parameter<?> parameter : parameters) {
            faults.addAll(parameter.faults());
        }
        if (takesToken()) {
            faults.add(Status.SESSION_TOKEN_INVALID);
            faults.add(Status.SESSION_NOT_EXIST);
        }
        faults.addAll(changeFaults());
        faults.addAll(ownFaults());
        return faults;
    }

    /** Returns the statuses of changes that the journal refuses: by default, the one of a full disk. */
    protected Set<Status> changeFaults() {
        return effect == Effect.READ ? Set.of() : Set.of(Status.STORAGE_FULL);
    }

    /** Returns the statuses of the faults that only this command has: by default, none. */
    protected Set<Status> ownFaults() {
        return Set.of();
    }

    /** Returns whether the command requires the parameter {@code tkn} on a server with sessions. */
    public boolean takesToken() {
        return false;
    }

    /** Returns whether the command makes no sense on a server without sessions, which refuses it then. */
    public boolean needsSessions() {
        return true;
    }

    /**
     * Returns whether a request is dropped if its client has gone before its turn came. Nobody gets the result of a
     * read, and slow work must not go on.
     */
    public boolean endsWithClient() {
        return effect == Effect.READ;
    }

    /**
     * Returns where a request goes, and assigns the request the token or the partitions that the route refers to.
     *
     * <p>Thread: the gateway's.
     *
     * @param request a request of this command without a fault
     */
    public abstract Route route(Request request, TokenSource tokens, PartitionMap map);

    /**
     * Executes a request on the partitions of one owner and writes its answer, or the owner's part of the answer.
     * Silence is an answer of no bytes.
     *
     * <p>Thread: the owner of the partitions.
     *
     * @param request a request of this command without a fault
     * @param nowMs the owner's wall clock, in milliseconds since 1970
     */
    public abstract void execute(Request request, Partitions partitions, long nowMs, Answer answer);

    /**
     * Writes one answer from the replies of all owners that executed a request.
     *
     * <p>Thread: the gateway's.
     *
     * @param replies the reply of each owner, in any order: a part, or the whole answer of an owner that failed
     * @throws IllegalStateException if the command runs on one partition only
     */
    public void gather(Request request, List<Slice> replies, Answer answer) {
        throw new IllegalStateException(name + " runs on one partition");
    }

    /**
     * Plans the rounds of a request with the route {@link Route#ROUNDS}.
     *
     * <p>Thread: the gateway's.
     *
     * @param request a request of this command without a fault
     * @param answerBytesMax the most bytes of the answer
     * @throws IllegalStateException if the command takes one round only
     */
    public Rounds rounds(Request request, TokenSource tokens, PartitionMap map, int answerBytesMax) {
        throw new IllegalStateException(name + " takes one round");
    }

    /**
     * Returns the most bytes that a record of the request's changes takes in the journal; see {@link ChangeBound}. An
     * owner reserves them before it executes the request. 0 means that the request only moves the ends of sessions.
     *
     * <p>Thread: the owner of the partitions.
     *
     * @param request a request of this command without a fault
     */
    public long changeBytesMax(Request request, Partitions partitions) {
        return 0;
    }

    /**
     * Returns the most bytes of one reply.
     *
     * @param answerBytesMax the most bytes of an answer to a client
     */
    public int replyBytesMax(int answerBytesMax) {
        return answerBytesMax;
    }

    final byte[] nameBytes() {
        return nameBytes;
    }

    final byte[] answerPrefix() {
        return answerPrefix;
    }

    final int parameterCount() {
        return parameters.length;
    }

    final Parameter<?> parameter(int index) {
        return parameters[index];
    }

    final int indexOf(Parameter<?> parameter) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == parameter) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no parameter '" + parameter.name() + "'");
    }

    /** Returns the index of the parameter with this name, or -1. */
    final int indexOf(Slice parameterName) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameterName.contentEquals(parameters[i].nameBytes())) {
                return i;
            }
        }
        return -1;
    }
}
