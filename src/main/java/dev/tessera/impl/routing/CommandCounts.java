package dev.tessera.impl.routing;

import dev.tessera.impl.command.AnswerStatus;
import dev.tessera.impl.command.Request;
import dev.tessera.protocol.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters of one dispatcher: its commands, the faults among their answers, and their bytes. Counting is a plain
 * addition; readers see it with some delay. Thread: one counts, any reads.
 *
 * <p>The index of a command is its {@link dev.tessera.impl.command.Request#commandNumber number}. Index 0 counts
 * messages in which no command was found.
 */
final class CommandCounts {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STATUSES = Status.values().length;
    private static final int IN = 0;
    private static final int OUT = 1;

    /** Commands by number. */
    private final long[] received;
    /** Faults by number and the ordinal of the status. */
    private final long[] faults;
    /** Bytes of messages and of answers. */
    private final long[] bytes = new long[2];

    /** Creates counters at zero for commands with numbers up to {@code numberMax}. */
    CommandCounts(int numberMax) {
        received = new long[numberMax + 1];
        faults = new long[(numberMax + 1) * STATUSES];
    }

    /** Counts a command and the bytes of its message. */
    void received(int number, int messageBytes) {
        add(received, number, 1);
        add(bytes, IN, messageBytes);
    }

    /** Counts bytes of answers. */
    void answered(long answerBytes) {
        add(bytes, OUT, answerBytes);
    }

    /** Counts an answer that is a fault. */
    void fault(int number, Status status) {
        add(faults, faultIndex(number, status), 1);
    }

    /** Counts a whole answer if it is a fault; answers to requests without options cost next to nothing then. */
    void reply(Request request, byte[] answer, int from, int to) {
        // With options, a fault may end with other members than its message. Silence has no status.
        boolean mayBeFault = AnswerStatus.mayBeFault(answer, from, to) || (request.options() != null && to > from);
        // Internal commands have the number 0, and their answers are not JSON.
        if (mayBeFault && request.commandNumber() > 0) {
            replyWithStatus(request, answer, from);
        }
    }

    /** Counts an answer if it begins with the status of a fault; the answer must not be empty. */
    void replyWithStatus(Request request, byte[] answer, int from) {
        Status status = Status.of(AnswerStatus.of(answer, from));
        if (status != null && status.isFault()) {
            fault(request.commandNumber(), status);
        }
    }

    /** Returns an index that never leaves the process, so that the order of statuses may change. */
    @SuppressWarnings("EnumOrdinal")
    private static int faultIndex(int number, Status status) {
        return number * STATUSES + status.ordinal();
    }

    long receivedOf(int number) {
        return (long) ELEMENT.getOpaque(received, number);
    }

    long faultsOf(int number, Status status) {
        return (long) ELEMENT.getOpaque(faults, faultIndex(number, status));
    }

    long bytesIn() {
        return (long) ELEMENT.getOpaque(bytes, IN);
    }

    long bytesOut() {
        return (long) ELEMENT.getOpaque(bytes, OUT);
    }

    /** Adds the counts of others, which must be for the same commands. */
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

    /**
     * Adds without an atomic update, because only one thread writes. Opaque access shows readers whole numbers that
     * never decrease.
     */
    private static void add(long[] counts, int index, long more) {
        ELEMENT.setOpaque(counts, index, counts[index] + more);
    }
}
