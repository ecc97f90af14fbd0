package dev.tessera.impl.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of a batch on a key space, one after the other, and writes their replies. It stops at the first one
 * that fails, takes too long, or does not fit. Values that the batch changes in place have the limit of one command
 * together, because the journal has reserved space for no more. Thread: one at a time.
 */
final class BatchRun {

    private static final byte[] NULL = "null".getBytes(US_ASCII);

    /** The outcome of a run. */
    enum End {
        /** All commands have succeeded, and their replies are written. */
        DONE,
        /** A command has failed, and its reply is the last one that is written. */
        FAILED,
        /** A command takes too long for the owner's thread. */
        SLOW,
        /** The changes of a command do not fit into the memory. */
        FULL
    }

    private final List<Request> commands;
    private final SearchLimits limits;
    private final EvaluationBudget budget;
    /** Null on the owner's thread. */
    private final @Nullable BooleanSupplier gone;

    private int at;
    private int lastFrom;
    private long missing;
    /** The bytes of the values that the commands contain. */
    private long givenBytes;
    /** The last command that has changed values in place; -1 without one. */
    private int lastInPlace = -1;

    /**
     * Creates a run.
     *
     * @param limits the limits of changes in place
     * @param budget the time of all slow commands together
     * @param gone returns whether nobody waits for the batch any more; null on the owner's thread
     */
    BatchRun(List<Request> commands, SearchLimits limits, EvaluationBudget budget, @Nullable BooleanSupplier gone) {
        this.commands = commands;
        this.limits = limits;
        this.budget = budget;
        this.gone = gone;
    }

    /** Returns the index of the command at which the run has stopped. */
    int at() {
        return at;
    }

    /** Returns the offset of the reply to the command at which the run has stopped. */
    int lastFrom() {
        return lastFrom;
    }

    /** Returns the bytes by which the changes did not fit. */
    long missing() {
        return missing;
    }

    /**
     * Runs all commands.
     *
     * @param otherKeys the number of keys of the session that the key space does not contain
     * @param keysMax the most keys of a session
     */
    End run(KeySpace keys, long otherKeys, long keysMax, Answer answer) {
        long before = keys.memoryBytes();
        answer.share(budget);
        try {
            for (at = 0; at < commands.size(); at++) {
                End end = run(commands.get(at), keys, otherKeys, keysMax, answer);
                if (end != End.DONE) {
                    missing += keys.memoryBytes() - before;
                    return end;
                }
            }
            return lastInPlace >= 0 && keys.batchValueBytes() - givenBytes > limits.commandBytesMax()
                    ? tooLarge(answer)
                    : End.DONE;
        } finally {
            answer.share(null);
            answer.prepare(null);
        }
    }

    private End tooLarge(Answer answer) {
        at = lastInPlace;
        lastFrom = answer.element().size();
        answer.fault(
                commands.get(at), new Fault(Status.LIMIT_EXCEEDED, Messages.changesTooLarge(limits.commandBytesMax())));
        return End.FAILED;
    }

    private End run(Request request, KeySpace keys, long otherKeys, long keysMax, Answer answer) {
        KeySpaceCommand command = (KeySpaceCommand) request.command();
        JsonWriter out = answer.element();
        lastFrom = out.size();
        answer.prepare(null);
        answer.takeFailed();
        if (command instanceof EditCommand) {
            lastInPlace = at;
        } else {
            givenBytes += command.valueBytesMax(request);
        }
        if (command.effect() == Effect.WRITE) {
            if (command.exceeds(keys, request, keysMax - otherKeys)) {
                answer.fault(request, KeySpaceCommand.TOO_MANY_KEYS);
                return End.FAILED;
            }
            missing = command.reserve(keys, request, answer, kept(command.keys(request)));
            if (missing > 0) {
                return End.FULL;
            }
        }
        command.apply(keys, request, answer);
        Later later = answer.takeLater();
        if (later != null) {
            BooleanSupplier abandoned = gone;
            if (abandoned == null) {
                return End.SLOW;
            }
            finish(later, request, abandoned, answer);
        }
        if (out.size() == lastFrom) {
            out.raw(NULL);
        }
        answer.elementEnds();
        return answer.takeFailed() ? End.FAILED : End.DONE;
    }

    /** Writes the reply of a command that has left its rest for later, although a worker runs it already. */
    private void finish(Later later, Request request, BooleanSupplier abandoned, Answer answer) {
        if (later instanceof Deferred deferred) {
            deferred.write(answer, abandoned);
        } else {
            answer.fault(request, timeOver());
        }
    }

    /** Returns the bytes that the key space keeps to be able to undo changes of keys. */
    private static long kept(@Nullable Keys named) {
        return named == null ? 0 : KeySpace.batchBytesMax(named.size(), named.textBytes());
    }

    private Fault timeOver() {
        try {
            budget.checkTime();
            return new Fault(Status.TIME_EXCEEDED, Messages.BATCH_TOOK_TOO_LONG);
        } catch (BudgetExceededException e) {
            return SearchLimits.fault(e);
        }
    }
}
