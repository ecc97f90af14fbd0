package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.NodeCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.DatasetNameParameter;
import dev.tessera.impl.command.parameter.TokensParameter;
import dev.tessera.protocol.Status;

/** {@code SH_SAVE}: writes sessions into files. It answers when it begins, and again when it has ended. */
public final class ShSave extends NodeCommand {

    private static final DatasetNameParameter NAME = new DatasetNameParameter("name");
    private static final TokensParameter TOKENS = TokensParameter.selected("tkns");
    private static final Answer.Field DURATION = Answer.field("duration");

    /** Declares the command. */
    public ShSave() {
        super("SH_SAVE", "Saves all sessions, or some, into files.", NAME, TOKENS);
    }

    /** The name of the save, as canonical text. */
    public static byte[] name(Request request) {
        return request.get(NAME);
    }

    /** The tokens of the sessions to be saved; null for all. */
    public static long[] tokens(Request request) {
        return request.get(TOKENS);
    }

    /** Writes the answer that says that it has begun. */
    public static void writeBegun(Request request, Answer answer) {
        answer.begin(request.command())
                .st(Status.SAVE_START)
                .text(Answer.NAME, name(request))
                .end();
    }

    /** Writes the answer that says that it is done. */
    public static void writeComplete(Request request, long durationMs, Answer answer) {
        answer.begin(request.command())
                .st(Status.SAVE_COMPLETE)
                .text(Answer.NAME, name(request))
                .number(DURATION, durationMs)
                .end();
    }
}
