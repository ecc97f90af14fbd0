package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.NodeCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.parameter.DatasetNameParameter;
import dev.tessera.protocol.Status;
import java.util.Set;

/** {@code SH_LOAD}: loads the sessions of a save, except those that exist. */
public final class ShLoad extends NodeCommand {

    private static final DatasetNameParameter NAME = new DatasetNameParameter("name");
    private static final Answer.Field SESSIONS = Answer.field("sessions");

    /** Declares the command. */
    public ShLoad() {
        super("SH_LOAD", "Loads the sessions of a save, and leaves those that exist unchanged.", Effect.WRITE, NAME);
    }

    @Override
    protected Set<Status> ownFaults() {
        return Set.of(Status.LIMIT_EXCEEDED, Status.LOAD_ERROR);
    }

    /** Returns the name of the save, as canonical text. */
    public static byte[] name(Request request) {
        return request.require(NAME);
    }

    /** Writes the answer to a load that succeeded, with the sessions and keys that it loaded. */
    public static void writeComplete(Request request, long sessions, long keys, Answer answer) {
        answer.begin(request.command())
                .st(Status.LOAD_COMPLETE)
                .text(Answer.NAME, name(request))
                .number(SESSIONS, sessions)
                .number(Answer.KEYS, keys)
                .end(request);
    }

    /** Writes the answer to a load that failed, with the sessions and keys that it loaded before. */
    public static void writeFailed(Request request, long sessions, long keys, String message, Answer answer) {
        answer.beginFault(request, Status.LOAD_ERROR)
                .text(Answer.NAME, name(request))
                .number(SESSIONS, sessions)
                .number(Answer.KEYS, keys)
                .message(message)
                .end(request);
    }
}
