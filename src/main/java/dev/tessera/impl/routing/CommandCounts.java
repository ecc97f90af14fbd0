package dev.tessera.impl.routing;

import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Request;
import dev.tessera.protocol.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one dispatcher counts: its commands, and those of their answers that are faults. Counting is a plain addition;
 * others read with some delay. Thread: one counts, any reads.
 *
 * <p>Commands go by their {@link dev.tessera.impl.command.Command#number number}. Number 0 is for messages in which no
 * command was found.
 */
final class CommandCounts {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STATUSES = Status.values().length;
    private static final int IN = 0;
    private static final int OUT = 1;

    /** By number. */
    private final long[] received;
    /** By number and the ordinal of the status. */
    private final long[] faults;
    /** Of messages that came, and of answers. */
    private final long[] bytes = new long[2];

    /** Nothing is counted yet, of commands with numbers up to {@code numberMax}. */
    CommandCounts(int numberMax) {
        received = new long[numberMax + 1];
        faults = new long[(numberMax + 1) * STATUSES];
    }

    /** Counts a command that came in a message of so many bytes. */
    void received(int number, int messageBytes) {
        add(received, number, 1);
        add(bytes, IN, messageBytes);
    }

    /** Counts answers of so many bytes. */
    void answered(long answerBytes) {
        add(bytes, OUT, answerBytes);
    }

    /** Counts an answer that says nothing but what went wrong. */
    void fault(int number, Status status) {
        add(faults, number * STATUSES + status.ordinal(), 1);
    }

    /** Counts a whole answer, if it is a fault that ends with its message; nearly free where it is none. */
    void reply(Request request, byte[] answer, int from, int to) {
        // What the server asks itself has no number, and answers that are no JSON.
        if (AnswerStatus.mayBeFault(answer, from, to) && request.command().number() > 0) {
            replyWithStatus(request, answer, from);
        }
    }

    /** Counts an answer that is not empty, if it begins with the status of a fault. */
    void replyWithStatus(Request request, byte[] answer, int from) {
        Status status = Status.of(AnswerStatus.of(answer, from));
        if (status != null && status.isFault()) {
            fault(request.command().number(), status);
        }
    }

    long receivedOf(int number) {
        return (long) ELEMENT.getOpaque(received, number);
    }

    long faultsOf(int number, Status status) {
        return (long) ELEMENT.getOpaque(faults, number * STATUSES + status.ordinal());
    }

    long bytesIn() {
        return (long) ELEMENT.getOpaque(bytes, IN);
    }

    long bytesOut() {
        return (long) ELEMENT.getOpaque(bytes, OUT);
    }

    /** Adds what others have counted, of the same commands. */
    void add(CommandCounts others) {
        add(received, others.received);
        add(faults, others.faults);
        add(bytes, others.bytes);
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            add(to, i, (long) ELEMENT.getOpaque(from, i));
        }
    }

    /** One writes, so that nothing is lost; opaque, so that readers see whole numbers that do not go back. */
    private static void add(long[] counts, int index, long more) {
        ELEMENT.setOpaque(counts, index, counts[index] + more);
    }
}
