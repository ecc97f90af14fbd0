package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.NodeCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.DatasetNameParameter;
import dev.tessera.protocol.Status;

/** {@code SH_LOAD}: takes the sessions of a save that are not there. */
public final class ShLoad extends NodeCommand {

    private static final DatasetNameParameter NAME = new DatasetNameParameter("name");
    private static final Answer.Field SESSIONS = Answer.field("sessions");

    /** Declares the command. */
    public ShLoad() {
        super("SH_LOAD", "Loads the sessions of a save; those that exist are left as they are.", NAME);
    }

    /** The name of the save, as canonical text. */
    public static byte[] name(Request request) {
        return request.get(NAME);
    }

    /** Writes the answer that says what was taken. */
    public static void writeComplete(Request request, long sessions, long keys, Answer answer) {
        answer.begin(request.command())
                .st(Status.LOAD_COMPLETE)
                .text(Answer.NAME, name(request))
                .number(SESSIONS, sessions)
                .number(Answer.KEYS, keys)
                .end();
    }

    /** Writes the answer that says why it failed, and what was taken before. */
    public static void writeFailed(Request request, long sessions, long keys, String why, Answer answer) {
        answer.beginFault(request, Status.LOAD_ERROR)
                .text(Answer.NAME, name(request))
                .number(SESSIONS, sessions)
                .number(Answer.KEYS, keys)
                .message(why)
                .end();
    }
}
