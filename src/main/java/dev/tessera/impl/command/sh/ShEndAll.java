package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.ChangeBound;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.ScatterGatherCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;

/** {@code SH_END_ALL}: ends all sessions. A part is the number of sessions, int64. */
public final class ShEndAll extends ScatterGatherCommand {

    /** Declares the command. */
    public ShEndAll() {
        super("SH_END_ALL", "Ends all sessions.", Effect.REMOVE);
    }

    @Override
    public long changeBytesMax(Request request, Partitions partitions) {
        long[] sessions = new long[1];
        partitions.forEach(partition -> sessions[0] += partition.heldSessions());
        return ChangeBound.COMMAND_BYTES + sessions[0] * ChangeBound.ITEM_BYTES;
    }

    @Override
    public void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        long[] ended = new long[1];
        partitions.forEach(partition -> ended[0] += partition.clear(nowMs));
        answer.beginPart().part().longBytes(ended[0]);
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        long ended = 0;
        for (Slice part : parts) {
            ended += Bytes.longAt(part.array(), part.from());
        }
        answer.begin(this).st(Status.OK).number(Answer.COUNT, ended).end(request);
    }
}
