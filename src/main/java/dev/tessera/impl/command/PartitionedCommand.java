package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.Arrays;
import java.util.List;

/**
 * A command on keys where sessions are switched off: the same command, on a key space that is spread over all
 * partitions. A request for one key goes to one partition, runs there as it would in a session, and costs no more.
 */
public final class PartitionedCommand extends GatheredCommand {

    private static final Answer.Field NOT_APPLIED = Answer.field("notApplied");
    private static final String OUTCOME_UNKNOWN =
            "some partitions refused or failed; their keys may or may not have been changed";

    private final KeySpaceCommand command;

    PartitionedCommand(KeySpaceCommand command) {
        super(command.name(), command.summary(), command.parameters().toArray(Parameter<?>[]::new));
        this.command = command;
    }

    /** The keys that a request names; null where it names none. */
    public Keys keys(Request request) {
        return command.keys(request);
    }

    /** Says whether a request concerns keys that it does not name, and so all partitions. */
    public boolean concernsAll(Request request) {
        return command.concernsAll(request);
    }

    @Override
    public boolean changes() {
        return command.changesKeys();
    }

    @Override
    public void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        try {
            if (request.partitions() == null) {
                command.apply(partitions.of(request.token()).globalKeys(), request, answer);
            } else {
                command.applyPart(partitions, request, answer);
            }
        } finally {
            partitions.globalKeysUsed();
        }
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        long bytes = command.changeBytesMax(request, partitions);
        return bytes > 0 && concernsAll(request) ? bytes + removalBytes(partitions) : bytes;
    }

    /** What it takes to write down that all keys are removed, which is told of one after the other. */
    private static long removalBytes(Partitions partitions) {
        long[] bytes = new long[1];
        partitions.forEach(partition -> partition
                .globalKeys()
                .forEach(keyRecord -> bytes[0] +=
                        KeyRecord.keyTo(keyRecord) - KeyRecord.keyFrom(keyRecord) + ChangeBound.ITEM_BYTES));
        return bytes[0];
    }

    @Override
    public boolean onlyRemoves() {
        return command.onlyRemoves();
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        command.gather(request, parts, answer);
    }

    @Override
    protected void writeFailure(Request request, List<Slice> parts, List<Slice> failures, Answer answer) {
        if (!command.changesKeys() || parts.isEmpty() && areAlike(failures)) {
            super.writeFailure(request, parts, failures, answer);
            return;
        }
        answer.begin(this).st(Status.OUTCOME_UNKNOWN).message(OUTCOME_UNKNOWN);
        command.writeNotApplied(request, parts, answer);
        answer.end();
    }

    /** The member that names keys which are not known to have been applied. */
    static Answer openNotApplied(Answer answer) {
        return answer.openArray(NOT_APPLIED);
    }

    private static boolean areAlike(List<Slice> failures) {
        Slice first = failures.get(0);
        return failures.stream()
                .allMatch(other -> Arrays.equals(
                        first.array(), first.from(), first.to(), other.array(), other.from(), other.to()));
    }
}
