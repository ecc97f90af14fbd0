package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeySpaceCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.KeyParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.PathParameter;
import dev.tessera.impl.command.parameter.ValueParameter;
import dev.tessera.impl.json.JsonException;
import dev.tessera.impl.json.JsonScanner;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.jsonpath.JsonPathCache;
import dev.tessera.impl.jsonpath.UpdateResult;
import dev.tessera.impl.jsonpath.budget.BudgetExceededException;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.protocol.Messages;
import dev.tessera.impl.session.KeyRecord;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.Set;

/**
 * {@code KV_UPDATE}: replaces every match of a JSONPath inside the value of one key by another value. The bytes around
 * the matches stay unchanged.
 *
 * <p>An update is atomic. The owner evaluates it on its own thread, so an update has less time than a search.
 */
public final class KvUpdate extends KeySpaceCommand {

    private static final KeyParameter KEY = new KeyParameter("key");
    private static final ValueParameter VALUE = new ValueParameter("value");
    private static final Answer.Field KEY_FIELD = Answer.field("key");

    private final PathParameter path;
    private final SearchLimits limits;

    /** Declares the command. */
    public KvUpdate(JsonPathCache paths, SearchLimits limits) {
        this(PathParameter.valid("path", paths), limits);
    }

    private KvUpdate(PathParameter path, SearchLimits limits) {
        super("KV_UPDATE", "Replaces the parts of a value that a JSONPath matches.", Effect.WRITE, KEY, path, VALUE);
        this.path = path;
        this.limits = limits;
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.TIME_EXCEEDED);
    }

    @Override
    protected Keys keys(Request request) {
        return Keys.of(request.require(KEY));
    }

    @Override
    protected boolean concernsAll(Request request) {
        return false;
    }

    @Override
    protected long valueBytesMax(Request request) {
        return limits.valueBytesMax();
    }

    @Override
    protected void apply(KeySpace keys, Request request, Answer answer) {
        Slice key = request.require(KEY);
        byte[] found = keys.get(key.array(), key.from(), key.to());
        if (found == null) {
            write(answer, request, Status.KEY_NOT_EXIST, 0);
            return;
        }
        try {
            UpdateResult result = request.require(path)
                    .update(
                            found,
                            KeyRecord.valueFrom(found),
                            found.length,
                            request.require(VALUE).copy(),
                            limits.valueBytesMax(),
                            limits.update());
            if (result.count() > 0) {
                requireDepth(result.json());
                keys.put(key.array(), key.from(), key.to(), result.json(), 0, result.json().length);
            }
            write(answer, request, Status.OK, result.count());
        } catch (BudgetExceededException e) {
            answer.fault(request, KvFind.fault(e));
        } catch (JsonException e) {
            answer.fault(request, new Fault(Status.LIMIT_EXCEEDED, Messages.updateTooDeep(e.getMessage())));
        }
    }

    /** Checks the depth, because updates nest values in values, deeper than a message may be. */
    private void requireDepth(byte[] json) {
        JsonScanner scanner = new JsonScanner(limits.depthMax());
        scanner.reset(json, 0, json.length);
        scanner.skipValue();
    }

    private void write(Answer answer, Request request, Status status, int count) {
        Slice key = request.require(KEY);
        answer.begin(this)
                .tkn(request)
                .st(status)
                .text(KEY_FIELD, key)
                .number(Answer.COUNT, count)
                .end();
    }
}
