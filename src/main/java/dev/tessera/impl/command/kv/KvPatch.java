package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Edit;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.OperationsParameter;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code KV_PATCH}: applies the operations of a JSON patch to the value of one key, all of them or none. */
public final class KvPatch extends OneKeyEditCommand {

    private static final OperationsParameter OPERATIONS = new OperationsParameter("ops");

    private static final byte[] NO_ANSWER = {};
    private static final Edit NO_KEY = Edit.failed(new Fault(Status.KEY_NOT_EXIST, Messages.KEY_NOT_EXIST));

    /** Declares the command. */
    public KvPatch(SearchLimits limits) {
        super("KV_PATCH", "Applies a JSON patch to the value of a key.", limits, OPERATIONS);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(
                Status.NO_PATH, Status.KEY_NOT_EXIST, Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED, Status.CONFLICT);
    }

    @Override
    protected Edit edit(Request request, int index, byte @Nullable [] found, EvaluationBudget budget) {
        if (found == null) {
            return NO_KEY;
        }
        byte[] patched = request.require(OPERATIONS)
                .apply(found, KeyRecord.valueFrom(found), found.length, limits().valueBytesMax(), budget);
        if (patched != null) {
            requireDepth(patched);
        }
        return new Edit(patched, NO_ANSWER);
    }

    @Override
    protected void write(Request request, List<Edit> edits, Answer answer) {
        begin(request, Status.OK, answer);
    }
}
