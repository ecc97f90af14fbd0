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
 * {@code KV_RMV}: removes keys. The statuses of the keys are members of the answer, beside its own members {@code tkn},
 * {@code rev} or {@code revs}, and {@code rid}. A key has no status if the answer has a member of its own with this
 * name.
 */
public final class KvRmv extends PerKeyCommand<Keys> {

    private static final byte[] TKN = {'t', 'k', 'n'};
    private static final byte[] RID = {'r', 'i', 'd'};
    private static final byte[] REV = {'r', 'e', 'v'};
    private static final byte[] REVS = {'r', 'e', 'v', 's'};

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
        if (!isMember(request, named, index)) {
            answers.status(named, index, removed ? Status.KEY_REMOVED : Status.KEY_NOT_EXIST);
        }
    }

    /** Returns whether the answer has a member of its own with the name of a key. */
    private static boolean isMember(Request request, Keys named, int index) {
        if (request.hasToken() && isNamed(named, index, TKN)) {
            return true;
        }
        RequestOptions options = request.options();
        if (options == null) {
            return false;
        }
        return (options.requestId() != null && isNamed(named, index, RID))
                || (options.wantsRevisions() && isNamed(named, index, hasOneRevision(request, named) ? REV : REVS));
    }

    private static boolean isNamed(Keys named, int index, byte[] name) {
        return Arrays.equals(named.text(), named.from(index), named.to(index), name, 0, name.length);
    }
}
