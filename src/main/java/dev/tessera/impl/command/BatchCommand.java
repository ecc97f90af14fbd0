package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.memory.MemoryAccount;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Partitions;
import dev.tessera.impl.session.PrivateKeys;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command that executes several commands on the keys of one session: all or none of them, in one step.
 *
 * <p>The owner runs them on the key space itself, which undoes their changes if one fails. If slow commands take more
 * than a moment together, the owner undoes what it has begun, and a worker runs the batch on private keys
 * ({@link BatchAttempt}). Then the owner applies the changes at once, if the session is still the same.
 */
public abstract class BatchCommand extends Command {

    /** The member with the replies. */
    static final Answer.Field REPLIES = Answer.field("rsps");

    private static final Answer.Field AT = Answer.field("at");
    /** The most attempts on a worker, if the session changes during each of them. */
    private static final int ATTEMPTS_MAX = 5;

    private static final Fault OVERTAKEN = new Fault(Status.TIME_EXCEEDED, Messages.batchOvertaken(ATTEMPTS_MAX));

    private final BatchedCommands.ArrayParameter parameter;
    private final SearchLimits limits;

    private BatchCommand(String name, String summary, BatchedCommands.ArrayParameter parameter, SearchLimits limits) {
        super(name, summary, Effect.WRITE, parameter);
        this.parameter = parameter;
        this.limits = limits;
    }

    /**
     * Declares the command.
     *
     * @param commands the name of the parameter with the commands
     * @param commandsMax the most commands
     * @param limits the limits of all slow commands of a batch together
     */
    protected BatchCommand(String name, String summary, String commands, int commandsMax, SearchLimits limits) {
        this(name, summary, new BatchedCommands.ArrayParameter(commands, commandsMax), limits);
    }

    SearchLimits limits() {
        return limits;
    }

    /** Decodes the commands of a batch; see {@link BatchedCommands#decode}. */
    @Nullable
    Fault decode(@Nullable Object[] values, RequestDecoder decoder) {
        return ((BatchedCommands) Objects.requireNonNull(values[indexOf(parameter)])).decode(decoder);
    }

    /** Returns the commands of a batch. */
    List<Request> commands(Request request) {
        return request.require(parameter).requests();
    }

    @Override
    protected final Set<Status> ownFaults() {
        return Set.of(
                Status.PATH_INVALID,
                Status.NO_PATH,
                Status.COMMAND_NOT_EXIST,
                Status.COMMAND_SYNTAX,
                Status.KEY_NOT_EXIST,
                Status.KEY_TYPE_INVALID,
                Status.LIMIT_EXCEEDED,
                Status.TIME_EXCEEDED,
                Status.CONFLICT);
    }

    @Override
    public final List<Parameter<?>> options() {
        return RequestOptions.OF_CHANGES;
    }

    @Override
    public final boolean takesToken() {
        return true;
    }

    @Override
    public final Effect effect(Request request) {
        Effect most = Effect.READ;
        for (Request one : commands(request)) {
            Effect effect = one.command().effect();
            most = effect == Effect.WRITE || most == Effect.READ ? effect : most;
            if (most == Effect.WRITE) {
                return most;
            }
        }
        return most;
    }

    @Override
    public final Route route(Request request, TokenSource tokens, PartitionMap map) {
        return Route.ONE_PARTITION;
    }

    /** Adds up the bounds of all commands. Those that change values in place share one bound; see {@link BatchRun}. */
    @Override
    public final long changeBytesMax(Request request, Partitions partitions) {
        long bytes = 0;
        long inPlaceBytes = 0;
        for (Request one : commands(request)) {
            KeySpaceCommand command = (KeySpaceCommand) one.command();
            bytes += command.changeBytesMax(one, partitions);
            if (command instanceof EditCommand) {
                bytes -= command.valueBytesMax(one);
                inPlaceBytes += command.valueBytesMax(one);
            }
        }
        return bytes + Math.min(inPlaceBytes, limits.commandBytesMax());
    }

    @Override
    public final void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        BatchAttempt prepared =
                answer.prepared() instanceof BatchAttempt attempt && attempt.request() == request ? attempt : null;
        Partition partition = partitions.of(request.token());
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            answer.fault(request, SessionCommand.NO_SESSION);
            return;
        }
        MemoryAccount memory = session.keys().memory();
        try {
            Step step = new Step(request, partition, session, prepared, answer);
            partition.use(session, nowMs, keys -> step.run());
            // Room is made between two runs, because it ends other sessions of the partition.
            if (step.missing > 0 && partitions.makeRoom(memory, step.missing, 0, session, nowMs)) {
                partition.use(session, nowMs, keys -> step.run());
            }
            if (step.missing > 0) {
                memory.budget().addRefused();
                answer.fault(request, SessionCommand.MEMORY_FULL.at(step.at));
            }
        } finally {
            memory.settle();
        }
    }

    /** One execution of a batch on the owner's thread. */
    private final class Step {

        private final Request request;
        private final Partition partition;
        private final Session session;
        private final @Nullable BatchAttempt prepared;
        private final Answer answer;
        private final JsonWriter out;
        private final int from;
        /** The bytes that are missing for the changes; 0 if they fit. */
        private long missing;
        /** The command that did not fit. */
        private int at;

        Step(Request request, Partition partition, Session session, @Nullable BatchAttempt prepared, Answer answer) {
            this.request = request;
            this.partition = partition;
            this.session = session;
            this.prepared = prepared;
            this.answer = answer;
            this.out = answer.part();
            this.from = out.size();
        }

        void run() {
            KeySpace keys = session.keys();
            missing = 0;
            if (!KeySpaceCommand.conditionsHold(request, keys)) {
                KeySpaceCommand.refuse(request, keys, answer);
                return;
            }
            expire(keys);
            if (prepared == null) {
                attempt(keys, null);
            } else if (prepared.holds(session)) {
                attempt(keys, prepared);
            } else {
                at = prepared.at();
                leaveToWorker(prepared);
            }
        }

        /** Removes keys that have ended, with revisions before that of the batch, whether or not it succeeds. */
        private void expire(KeySpace keys) {
            for (Request one : commands(request)) {
                KeySpaceCommand command = (KeySpaceCommand) one.command();
                if (command.effect() != Effect.READ) {
                    command.expire(keys, one);
                }
            }
        }

        private void attempt(KeySpace keys, @Nullable BatchAttempt result) {
            boolean changes = effect(request) != Effect.READ;
            if (changes) {
                keys.beginBatch();
            }
            BatchRun.End end = BatchRun.End.FAILED;
            try {
                answer.begin(BatchCommand.this).tkn(request).st(Status.OK).openArray(REPLIES);
                BatchRun.End ran = result == null ? execute(keys) : apply(keys, result);
                if (ran == BatchRun.End.DONE) {
                    answer.closeArray();
                    if (request.wantsRevisions()) {
                        answer.number(Answer.REVISION, changes ? keys.batchRevision() : session.revision());
                    }
                    answer.end(request);
                }
                // Only now: an answer that is too large at its end undoes the batch.
                end = ran;
            } finally {
                if (changes && end == BatchRun.End.DONE) {
                    keys.commitBatch();
                } else if (changes) {
                    keys.undoBatch();
                }
            }
            if (end == BatchRun.End.SLOW) {
                out.truncate(from);
                leaveToWorker(result);
            } else if (end == BatchRun.End.FULL) {
                out.truncate(from);
            }
        }

        private BatchRun.End execute(KeySpace keys) {
            BatchRun run = new BatchRun(commands(request), limits, limits.updateSlice(), null);
            BatchRun.End end = run.run(keys, 0, keys.memory().limits().sessionKeysMax(), answer);
            at = run.at();
            if (end == BatchRun.End.FULL) {
                missing = Math.max(1, run.missing());
            } else if (end == BatchRun.End.FAILED) {
                writeFailure(request, out, run.lastFrom(), at, from, answer);
            }
            return end;
        }

        private BatchRun.End apply(KeySpace keys, BatchAttempt result) {
            at = result.at();
            BatchRun.End end = Objects.requireNonNull(result.end());
            if (end == BatchRun.End.FULL) {
                if (keys.memory().reserve(result.missing())) {
                    // Others have made room meanwhile.
                    return BatchRun.End.SLOW;
                }
                missing = Math.max(1, result.missing());
            } else if (end == BatchRun.End.FAILED) {
                out.truncate(from);
                out.raw(result.written());
            } else {
                long growth = PrivateKeys.growth(keys, result.changes());
                if (!keys.memory().reserve(growth)) {
                    missing = growth;
                    return BatchRun.End.FULL;
                }
                PrivateKeys.apply(keys, result.changes());
                out.raw(result.written());
            }
            return end;
        }

        private void leaveToWorker(@Nullable BatchAttempt earlier) {
            Fault end = earlier == null ? null : limits.timeOver(earlier.spentNs());
            if (end == null && earlier != null && earlier.number() == ATTEMPTS_MAX) {
                end = OVERTAKEN;
            }
            if (end != null) {
                answer.fault(request, end.at(at));
                return;
            }
            answer.later(new BatchAttempt(
                    BatchCommand.this,
                    request,
                    earlier,
                    at,
                    session,
                    out.room(),
                    partition.revisions().last()));
        }
    }

    /**
     * Writes the reply to a batch in place of everything since {@code from}: the reply of the command that failed, with
     * the name and the token of the batch, and the index of the command.
     *
     * @param failedFrom the offset of the reply of that command, which is the last one
     */
    static void writeFailure(Request request, JsonWriter out, int failedFrom, int at, int from, Answer answer) {
        byte[] failed = Arrays.copyOfRange(out.array(), failedFrom, out.size());
        Status status = Objects.requireNonNull(Status.of(AnswerStatus.of(failed, 0)));
        out.truncate(from);
        answer.beginFault(request, status);
        int rest = AnswerStatus.end(failed, 0);
        // The name and the status come first, and two braces last.
        if (rest < failed.length - 2) {
            answer.element().raw(failed, rest + 1, failed.length - 2);
        }
        answer.number(AT, at).end(request);
    }
}
