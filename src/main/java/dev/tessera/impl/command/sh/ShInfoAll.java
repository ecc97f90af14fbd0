package dev.tessera.impl.command.sh;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.command.ScatterGatherCommand;
import dev.tessera.impl.json.Bytes;
import dev.tessera.impl.json.Slice;
import dev.tessera.impl.session.Partitions;
import dev.tessera.protocol.Status;
import java.util.List;

/** {@code SH_INFO_ALL}: counts sessions and keys. A part is the two counts, int64 each. */
public final class ShInfoAll extends ScatterGatherCommand {

    private static final Answer.Field TOTAL_SESSIONS = Answer.field("totalSessions");
    private static final Answer.Field TOTAL_KEYS = Answer.field("totalKeys");

    /** Declares the command. */
    public ShInfoAll() {
        super("SH_INFO_ALL", "Counts all sessions and keys.", Effect.READ);
    }

    @Override
    public void execute(Request request, Partitions partitions, long nowMs, Answer answer) {
        long[] total = new long[2];
        partitions.forEach(partition -> {
            total[0] += partition.sessionCount(nowMs);
            total[1] += partition.keyCount(nowMs);
        });
        answer.beginPart().part().longBytes(total[0]).longBytes(total[1]);
    }

    @Override
    protected void writeAnswer(Request request, List<Slice> parts, Answer answer) {
        long sessions = 0;
        long keys = 0;
        for (Slice part : parts) {
            sessions += Bytes.longAt(part.array(), part.from());
            keys += Bytes.longAt(part.array(), part.from() + Long.BYTES);
        }
        answer.begin(this)
                .st(Status.OK)
                .number(TOTAL_SESSIONS, sessions)
                .number(TOTAL_KEYS, keys)
                .end(request);
    }
}
