package dev.tessera.impl.command.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Edit;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.command.parameter.ValueParameter;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.UpdateResult;
import dev.tessera.impl.jsonpath.budget.EvaluationBudget;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.protocol.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code KV_UPDATE}: replaces every match of a JSONPath inside the value of one key by another value. The bytes around
 * the matches stay unchanged.
 */
public final class KvUpdate extends OneKeyEditCommand {

    private static final ValueParameter VALUE = new ValueParameter("value");

    private static final byte[] ZERO = {'0'};
    /** The result for a key that does not exist. */
    private static final Edit NO_KEY = new Edit(null, new byte[0]);

    private final PathParameter path;

    /** Declares the command. */
    public KvUpdate(JsonPathCache paths, SearchLimits limits) {
        this(PathParameter.valid("path", paths), limits);
    }

    private KvUpdate(PathParameter path, SearchLimits limits) {
        super("KV_UPDATE", "Replaces the parts of a value that a JSONPath matches.", limits, path, VALUE);
        this.path = path;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    protected Edit edit(Request request, int index, byte @Nullable [] found, EvaluationBudget budget) {
        if (found == null) {
            return NO_KEY;
        }
        UpdateResult updated = request.require(path)
                .update(
                        found,
                        KeyRecord.valueFrom(found),
                        found.length,
                        request.require(VALUE).copy(),
                        limits().valueBytesMax(),
                        budget);
        byte[] count = Integer.toString(updated.count()).getBytes(US_ASCII);
        if (updated.count() == 0) {
            return new Edit(null, count);
        }
        requireDepth(updated.json());
        return new Edit(updated.json(), count);
    }

    @Override
    protected void write(Request request, List<Edit> edits, Answer answer) {
        byte[] count = edits.get(0).answer();
        begin(request, count.length == 0 ? Status.KEY_NOT_EXIST : Status.OK, answer)
                .json(Answer.COUNT, count.length == 0 ? ZERO : count);
    }
}
