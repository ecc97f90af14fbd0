package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.ScatterGatherCommand;
import dev.tessera.impl.command.parameter.TokensParameter;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.BitSet;
import java.util.List;

/**
 * {@code SH_EXISTS}: returns which tokens have a session. A part contains the indices of these tokens in the request,
 * int32 each. It never exceeds the limit of replies: a token takes at least two bytes in the request, and replies may
 * be more than twice as large as requests.
 */
public final class ShExists extends ScatterGatherCommand {

    private static final TokensParameter TOKENS = TokensParameter.any("tkns");
    private static final Answer.Field EXIST = Answer.field("exist");
    private static final Answer.Field NOT_EXIST = Answer.field("notExist");

    /** Declares the command. */
    public ShExists() {
        super("SH_EXISTS", "Returns which of the tokens have a session.", Effect.READ, TOKENS);
    }

    @Override
    public void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        answer.beginPart();
        long[] tokens = request.require(TOKENS);
        for (int i = 0; i < tokens.length; i++) {
            if (partitions.owns(tokens[i]) && partitions.of(tokens[i]).find(tokens[i], nowMs) != null) {
                answer.part().intBytes(i);
            }
        }
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        long[] tokens = request.require(TOKENS);
        BitSet existing = new BitSet(tokens.length);
        for (Slice part : parts) {
            for (int at = part.from(); at < part.to(); at += Integer.BYTES) {
                existing.set(Bytes.intAt(part.array(), at));
            }
        }
        answer.begin(this).st(Status.OK);
        writeTokens(answer, EXIST, tokens, existing, true);
        writeTokens(answer, NOT_EXIST, tokens, existing, false);
        answer.end(request);
    }

    private static void writeTokens(Answer answer, Answer.Field field, long[] tokens, BitSet existing, boolean exist) {
        answer.openArray(field);
        for (int i = 0; i < tokens.length; i++) {
            if (existing.get(i) == exist) {
                answer.element().unsigned(tokens[i]);
            }
        }
        answer.closeArray();
    }
}
