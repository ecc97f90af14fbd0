package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.ScatterCommand;
import dev.tessera.impl.command.parameter.TokensParameter;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.BitSet;
import java.util.List;

/**
 * {@code SH_EXISTS}: says which tokens have a session. A part is the indices of those that exist, four bytes each: a
 * token and its comma take at least two of the message, so that a part is within the bound of replies, which is twice
 * that of messages and more.
 */
public final class ShExists extends ScatterCommand {

    private static final TokensParameter TOKENS = TokensParameter.any("tkns");
    private static final Answer.Field EXIST = Answer.field("exist");
    private static final Answer.Field NOT_EXIST = Answer.field("notExist");

    /** Declares the command. */
    public ShExists() {
        super("SH_EXISTS", "Says which of some tokens have a session.", TOKENS);
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    protected void writePart(Request request, Partitions partitions, long nowMs, Answer answer) {
        long[] tokens = request.get(TOKENS);
        for (int i = 0; i < tokens.length; i++) {
            if (partitions.owns(tokens[i]) && partitions.of(tokens[i]).find(tokens[i], nowMs) != null) {
                answer.part().intBytes(i);
            }
        }
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        long[] tokens = request.get(TOKENS);
        BitSet existing = new BitSet(tokens.length);
        for (Slice part : parts) {
            for (int at = part.from(); at < part.to(); at += Integer.BYTES) {
                existing.set(Bytes.intAt(part.array(), at));
            }
        }
        answer.begin(this).st(Status.OK);
        write(answer, EXIST, tokens, existing, true);
        write(answer, NOT_EXIST, tokens, existing, false);
        answer.end();
    }

    private static void write(Answer answer, Answer.Field field, long[] tokens, BitSet existing, boolean which) {
        answer.openArray(field);
        for (int i = 0; i < tokens.length; i++) {
            if (existing.get(i) == which) {
                answer.element().unsigned(tokens[i]);
            }
        }
        answer.closeArray();
    }
}
