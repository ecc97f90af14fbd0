package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.NodeCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.DatasetNameParameter;
import dev.tessera.impl.command.parameter.TokensParameter;
import dev.tessera.protocol.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code SH_SAVE}: writes sessions into files. It answers twice: when it begins, and when it ends. */
public final class ShSave extends NodeCommand {

    private static final DatasetNameParameter NAME = new DatasetNameParameter("name");
    private static final TokensParameter TOKENS = TokensParameter.selected("tkns");
    private static final Answer.Field DURATION = Answer.field("duration");

    /** Declares the command. */
    public ShSave() {
        super("SH_SAVE", "Saves all sessions, or some of them, into files.", Effect.READ, NAME, TOKENS);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.SAVE_DIR_WRITE_FAIL, Status.SAVE_ERROR, Status.LIMIT_EXCEEDED);
    }

    /** Returns the name of the save, as canonical text. */
    public static byte[] name(Request request) {
        return request.require(NAME);
    }

    /** Returns the tokens of the sessions to save, or null for all. */
    public static long @Nullable [] tokens(Request request) {
        return request.get(TOKENS);
    }

    /** Writes the first answer: the save has begun. */
    public static void writeBegun(Request request, Answer answer) {
        answer.begin(request.command())
                .st(Status.SAVE_START)
                .text(Answer.NAME, name(request))
                .end(request);
    }

    /** Writes the last answer: the save is complete. */
    public static void writeComplete(Request request, long durationMs, Answer answer) {
        answer.begin(request.command())
                .st(Status.SAVE_COMPLETE)
                .text(Answer.NAME, name(request))
                .number(DURATION, durationMs)
                .end(request);
    }
}
