package dev.tessera.impl.command.kv;

import dev.tessera.impl.command.KeyAnswers;
import dev.tessera.impl.command.KeyedCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.KeysParameter;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.protocol.Status;
import java.util.Arrays;

/**
 * {@code KV_RMV}: removes keys. Their statuses stand beside {@code tkn}, so with sessions a key of that name is removed
 * without one.
 */
public final class KvRmv extends KeyedCommand<Keys> {

    private static final byte[] TKN = {'t', 'k', 'n'};

    /** Declares the command. */
    public KvRmv() {
        super("KV_RMV", "Removes keys.", KeysParameter.notEmpty("keys"), Shape.MEMBERS);
    }

    @Override
    protected boolean changesKeys() {
        return true;
    }

    @Override
    public boolean onlyRemoves() {
        return true;
    }

    @Override
    protected void apply(KeySpace keys, Request request, Keys named, int index, KeyAnswers answers) {
        byte[] text = named.text();
        int from = named.from(index);
        int to = named.to(index);
        boolean removed = keys.remove(text, from, to);
        if (!request.hasToken() || !Arrays.equals(text, from, to, TKN, 0, TKN.length)) {
            answers.status(named, index, removed ? Status.KEY_REMOVED : Status.KEY_NOT_EXIST);
        }
    }
}
