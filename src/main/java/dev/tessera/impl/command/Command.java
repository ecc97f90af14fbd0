package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One command of the protocol, written down once: its name, parameters, checks, effect and answer. Immutable, and
 * shared by all threads.
 */
public abstract class Command {

    private final String name;
    private final String summary;
    private final byte[] nameBytes;
    private final byte[] answerHead;
    private final Parameter<?>[] parameters;
    private int number;

    /**
     * Declares a command.
     *
     * @param summary one sentence for the docs
     */
    protected Command(String name, String summary, Parameter<?>... parameters) {
        this.name = name;
        this.summary = summary;
        this.nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        this.answerHead = ("{\"" + name + "_RSP\":{").getBytes(StandardCharsets.US_ASCII);
        this.parameters = parameters.clone();
    }

    /** The name on the wire, such as {@code KV_SET}. */
    public final String name() {
        return name;
    }

    /** Its number in its set of {@link Commands}, from 1 on; 0 where it is in none. */
    public final int number() {
        return number;
    }

    /**
     * Gives the command its number, before a set with it is seen by others.
     *
     * @throws IllegalStateException where it has another one: in all sets with it, it stands in the same place
     */
    final void assignNumber(int assigned) {
        if (number != 0 && number != assigned) {
            throw new IllegalStateException(name + " has the number " + number + ", and cannot have " + assigned);
        }
        number = assigned;
    }

    /** One sentence that says what it does. */
    public final String summary() {
        return summary;
    }

    /** The parameters beside {@code tkn}, in the order in which they are checked. */
    public final List<Parameter<?>> parameters() {
        return List.of(parameters);
    }

    /** Says whether the command needs the parameter {@code tkn}. */
    public abstract boolean takesToken();

    /** Says whether the command may change what is stored, beside the end of a session that it uses. */
    public boolean changes() {
        return true;
    }

    /** This command as it is where sessions are switched off; null where it makes no sense then, and is refused. */
    public Command withoutSessions() {
        return null;
    }

    /**
     * Executes the command on the partitions of one owner and writes what they answer. Nothing written is silence.
     *
     * <p>Thread: the owner of the partitions.
     *
     * @param request a request of this command without a fault
     */
    public abstract void execute(Request request, Partitions partitions, long nowMs, Answer answer);

    /**
     * The most bytes that it takes to write down what a request changes, as an owner must know before it executes the
     * request; 0 where it changes nothing but the ends of sessions. See {@link ChangeBound}.
     *
     * <p>Thread: the owner of the partitions.
     *
     * @param request a request of this command without a fault
     */
    public long changeBytesMax(Request request, Partitions partitions) {
        return 0;
    }

    /** Says whether all that the command changes is that keys or sessions go. */
    public boolean onlyRemoves() {
        return false;
    }

    /**
     * How large one reply may be.
     *
     * @param answerBytesMax how large answers to clients may be
     */
    public int replyBytesMax(int answerBytesMax) {
        return answerBytesMax;
    }

    final byte[] nameBytes() {
        return nameBytes;
    }

    final byte[] answerHead() {
        return answerHead;
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

    /** The index of the parameter with this name, or -1. */
    final int indexOf(Slice parameterName) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameterName.contentEquals(parameters[i].nameBytes())) {
                return i;
            }
        }
        return -1;
    }
}
