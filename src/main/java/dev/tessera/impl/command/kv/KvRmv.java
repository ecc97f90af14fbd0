package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.PerKeyCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.RequestOptions;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.Arrays;

/**
 * {@code KV_RMV}: removes keys. The statuses of the keys are members of the answer, beside its own members. Therefore a
 * key named {@code tkn} has no status if the answer has a token, and a key named {@code rid} has none if the answer has
 * a request id.
 */
public final class KvRmv extends PerKeyCommand<Keys> {

    private static final byte[] TKN = {'t', 'k', 'n'};
    private static final byte[] RID = {'r', 'i', 'd'};

    /** Declares the command. */
    public KvRmv() {
        super("KV_RMV", "Removes keys.", Effect.REMOVE, KeysParameter.notEmpty("keys"), Shape.MEMBERS);
    }

    @Override
    protected void applyToKey(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        byte[] text = named.text();
        int from = named.from(index);
        int to = named.to(index);
        boolean removed = keys.remove(text, from, to);
        if (!isMember(request, text, from, to)) {
            answers.status(named, index, removed ? Status.KEY_REMOVED : Status.KEY_NOT_EXIST);
        }
    }

    /** Returns whether the answer has a member of its own with the name of a key. */
    private static boolean isMember(Request request, byte[] text, int from, int to) {
        if (request.hasToken() && Arrays.equals(text, from, to, TKN, 0, TKN.length)) {
            return true;
        }
        RequestOptions options = request.options();
        return options != null && options.requestId() != null && Arrays.equals(text, from, to, RID, 0, RID.length);
    }
}
