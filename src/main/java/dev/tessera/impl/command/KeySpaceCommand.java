package dev.tessera.impl.command;

import dev.tessera.impl.command.parameter.Keys;
import dev.tessera.impl.command.parameter.Parameter;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import java.util.List;

/**
 * A command on the keys of one session or, where sessions are switched off, on the one key space of everybody, which is
 * spread over all partitions by the hashes of its keys.
 *
 * <p>With sessions, and wherever one partition is concerned, it runs in one go ({@link #apply}). Otherwise every owner
 * that is concerned writes a part ({@link #applyPart}), and the gateway makes one answer of the parts
 * ({@link #gather}); see {@link PartitionedCommand}.
 */
public abstract class KeySpaceCommand extends SessionCommand {

    /** Declares a command. */
    protected KeySpaceCommand(String name, String summary, Parameter<?>... parameters) {
        super(name, summary, parameters);
    }

    @Override
    public final boolean changes() {
        return changesKeys();
    }

    @Override
    public final Command withoutSessions() {
        return new PartitionedCommand(this);
    }

    /** The keys that a request names; null where it names none. */
    protected abstract Keys keys(Request request);

    /** Says whether a request concerns keys that it does not name, and so all partitions. */
    protected abstract boolean concernsAll(Request request);

    /** Says whether the command may change keys. */
    protected abstract boolean changesKeys();

    /** How many bytes of values a request may store at most; a command that takes no values stores none. */
    protected long valueBytesMax(Request request) {
        return 0;
    }

    @Override
    public final long changeBytesMax(Request request, Partitions partitions) {
        if (!changesKeys()) {
            return 0;
        }
        Keys keys = keys(request);
        return ChangeBound.COMMAND_BYTES
                + valueBytesMax(request)
                + (keys == null ? 0 : keys.textBytes() + (long) keys.size() * ChangeBound.ITEM_BYTES);
    }

    /**
     * Does what the command does to those keys in common that one owner has, and writes the part of that owner, which
     * begins with {@link Answer#beginPart}. Needed where a request may concern several partitions.
     */
    protected void applyPart(Partitions partitions, Request request, Answer answer) {
        throw new IllegalStateException(name() + " concerns one partition alone");
    }

    /** Writes the answer of all parts. Thread: the gateway's. */
    protected void gather(Request request, List<Slice> parts, Answer answer) {
        throw new IllegalStateException(name() + " concerns one partition alone");
    }

    /** Writes members that say which keys no part speaks of, where some owners failed. Thread: the gateway's. */
    protected void writeNotApplied(Request request, List<Slice> parts, Answer answer) {}
}
