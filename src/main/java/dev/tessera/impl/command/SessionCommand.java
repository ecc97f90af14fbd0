package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.KeySpace;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;

/** A command on the keys of one session; it moves the session's end. */
public abstract class SessionCommand extends PartitionCommand {

    /** Declares a command. */
    protected SessionCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    /** The fault of a token that no session has. */
    public static Fault noSession() {
        return new Fault(Status.SESSION_NOT_EXIST, "no session has this token");
    }

    @Override
    protected final void execute(Request request, Partition partition, long nowMs, Answer answer) {
        Session session = partition.find(request.token(), nowMs);
        if (session == null) {
            answer.fault(request, noSession());
        } else {
            partition.use(session, nowMs, keys -> apply(keys, request, answer));
        }
    }

    /** Does what the command does to the keys, and writes the answer. */
    protected abstract void apply(KeySpace keys, Request request, Answer answer);
}
