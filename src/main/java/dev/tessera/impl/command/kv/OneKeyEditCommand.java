package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.EditCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.SearchLimits;
import dev.tessera.impl.command.parameter.KeyParameter;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.protocol.Status;

/** A change in the value of one key that exists. It may look at much of the value, and ends with its client. */
abstract class OneKeyEditCommand extends EditCommand {

    private static final KeyParameter KEY = new KeyParameter("key");
    private static final Answer.Field KEY_FIELD = Answer.field("key");

    OneKeyEditCommand(String name, String summary, SearchLimits limits, Parameter<?>... others) {
        super(name, summary, limits, first(KEY, others));
    }

    @Override
    public final boolean endsWithClient() {
        return true;
    }

    @Override
    protected final Keys keys(Request request) {
        return Keys.of(request.require(KEY));
    }

    @Override
    protected final boolean adds() {
        return false;
    }

    @Override
    protected final int workBytes() {
        return WORK_BYTES;
    }

    /** Begins the answer to a command that has changed the value, or has found nothing to change. */
    final Answer begin(Request request, Status status, Answer answer) {
        return answer.begin(this).tkn(request).st(status).text(KEY_FIELD, request.require(KEY));
    }
}
