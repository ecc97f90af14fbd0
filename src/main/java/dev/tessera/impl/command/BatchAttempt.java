package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.memory.MemoryBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.KeyOrder;
import dev.tessera.impl.session.KeySnapshot;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.PrivateKeys;
import dev.tessera.impl.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run of a slow batch on a worker, on private keys. They contain the records that the batch names, or all of the
 * session if a command concerns all. The owner applies the changes if the session has not changed meanwhile.
 */
final class BatchAttempt implements Preparation {

    private final BatchCommand command;
    private final Request request;
    private final int number;
    /** The time that this attempt and the earlier ones have spent, which share one budget. */
    private long spentNs;

    private final Session session;
    private final long revision;
    private final int size;
    private final long nowMs;
    private final long lastRevision;
    private final MemoryBudget memory;
    private final KeyOrder order;
    private final int replyBytesMax;
    private final long keysMax;
    /** The number of keys that the snapshot does not contain. */
    private final long otherKeys;

    private final KeySnapshot records;

    private BatchRun.@Nullable End end;
    /** The command at which the last run has stopped: at first, the one that was too slow for the owner. */
    private int at;

    private long missing;
    /** The replies of all commands, or the reply to a batch that has failed. */
    private byte[] written = {};

    private List<PrivateKeys.Change> changes = List.of();

    /**
     * Prepares an attempt. Thread: the owner's, outside of a batch.
     *
     * @param earlier the attempt before this one; null for the first one
     * @param replyBytesMax the most bytes of the reply
     */
    BatchAttempt(
            BatchCommand command,
            Request request,
            @Nullable BatchAttempt earlier,
            int at,
            Session session,
            int replyBytesMax,
            long lastRevision) {
        KeySpace keys = session.keys();
        this.command = command;
        this.request = request;
        this.number = earlier == null ? 1 : earlier.number + 1;
        this.spentNs = earlier == null ? 0 : earlier.spentNs;
        this.at = at;
        this.session = session;
        this.revision = session.revision();
        this.size = keys.size();
        this.nowMs = keys.nowMs();
        this.lastRevision = lastRevision;
        this.memory = keys.memory().budget();
        this.order = keys.order();
        this.replyBytesMax = replyBytesMax;
        this.keysMax = keys.memory().limits().sessionKeysMax();
        this.records = records(command.commands(request), keys);
        this.otherKeys = (long) size - existing(records);
    }

    private static KeySnapshot records(List<Request> commands, KeySpace keys) {
        List<byte[]> named = new ArrayList<>();
        for (Request one : commands) {
            KeySpaceCommand command = (KeySpaceCommand) one.command();
            if (command.concernsAll(one)) {
                return keys.snapshot();
            }
            Keys names = command.keys(one);
            for (int i = 0; names != null && i < names.size(); i++) {
                byte[] found = keys.get(names.text(), names.from(i), names.to(i));
                if (found != null) {
                    named.add(found);
                }
            }
        }
        byte[][] distinct = named.stream().distinct().toArray(byte[][]::new);
        return keys.snapshotOf(distinct);
    }

    private int existing(KeySnapshot snapshot) {
        int[] count = new int[1];
        snapshot.forEach(nowMs, keyRecord -> count[0]++);
        return count[0];
    }

    Request request() {
        return request;
    }

    int number() {
        return number;
    }

    long spentNs() {
        return spentNs;
    }

    /** Returns whether the result still holds. Keys that the batch names and that have ended must be gone. */
    boolean holds(Session now) {
        return end != null
                && now == session
                && now.revision() == revision
                && now.keys().size() == size;
    }

    BatchRun.@Nullable End end() {
        return end;
    }

    int at() {
        return at;
    }

    long missing() {
        return missing;
    }

    byte[] written() {
        return written;
    }

    List<PrivateKeys.Change> changes() {
        return changes;
    }

    @Override
    public List<KeySnapshot> snapshots() {
        return List.of(records);
    }

    @Override
    public void run(BooleanSupplier gone) {
        JsonWriter out = new JsonWriter();
        Answer answer = new Answer(out);
        Fault fault = AnswerGuard.write(request, out, answer, replyBytesMax, () -> run(gone, out, answer));
        if (fault != null) {
            written = AnswerGuard.fault(request, fault);
            changes = List.of();
            end = BatchRun.End.FAILED;
        }
    }

    private void run(BooleanSupplier gone, JsonWriter out, Answer answer) {
        try (PrivateKeys keys = new PrivateKeys(records, nowMs, lastRevision, memory, order)) {
            EvaluationBudget budget = command.limits().update(spentNs, gone);
            BatchRun run = new BatchRun(command.commands(request), command.limits(), budget, gone);
            answer.begin(command).openArray(BatchCommand.REPLIES);
            int from = out.size();
            BatchRun.End ended = run.run(keys.keys(), otherKeys, keysMax, answer);
            spentNs = budget.spentNs();
            at = ended == BatchRun.End.DONE ? at : run.at();
            if (ended == BatchRun.End.FULL) {
                missing = run.missing();
            } else if (ended == BatchRun.End.FAILED) {
                BatchCommand.writeFailure(request, out, run.lastFrom(), at, 0, answer);
                written = out.take(0);
            } else {
                written = Arrays.copyOfRange(out.array(), from, out.size());
                changes = keys.changes();
            }
            end = ended;
        }
    }
}
