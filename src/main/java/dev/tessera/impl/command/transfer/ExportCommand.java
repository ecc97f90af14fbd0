package dev.tessera.impl.command.transfer;

import dev.tessera.impl.command.Answer;
import dev.tessera.impl.command.Effect;
import dev.tessera.impl.command.InternalCommand;
import dev.tessera.impl.command.Request;
import dev.tessera.impl.json.JsonWriter;
import dev.tessera.impl.protocol.Fault;
import dev.tessera.impl.session.Partition;
import dev.tessera.impl.session.Session;
import dev.tessera.protocol.Status;
import java.util.ArrayDeque;

/**
 * Gives the sessions of a partition piece by piece, as the text of a save
 * ({@link dev.tessera.impl.dataset.SessionHeader}) with commas between them. Each session is as it was at one instant.
 * An argument is made by {@link ExportQuery}, and a reply is read by {@link ExportChunk}.
 *
 * <p>Where a session is larger than a piece, its image stays with the partition
 * ({@link dev.tessera.impl.session.PendingTransfers}), and the next query must go on with it.
 */
public final class ExportCommand extends InternalCommand {

    /** A piece has not much more than so many bytes, or one key more than that. */
    public static final int CHUNK_BYTES = 256 * 1024;

    /** The command; there need be no other. */
    public static final ExportCommand INSTANCE = new ExportCommand();

    private ExportCommand() {
        super("EXPORT", "Exports sessions of a partition.", Effect.READ);
    }

    /** What is to be written, in its order. */
    private static final class Images extends ArrayDeque<ExportedSession> {

        private static final long serialVersionUID = 1L;
    }

    @Override
    protected void execute(Request request, Partition partition, long nowMs, Answer answer) {
        byte[] query = request.argument();
        long id = ExportQuery.id(query);
        boolean goesOn = ExportQuery.kind(query) == ExportQuery.CONTINUE;
        Images images = goesOn ? partition.pendingTransfers().get(id, Images.class, nowMs) : new Images();
        if (images == null) {
            answer.fault(request, new Fault(Status.UNAVAILABLE, "the image of a session was lost; try again"));
            return;
        }
        JsonWriter out = answer.beginPart().part();
        int header = out.size();
        ExportChunk.reserveHeader(out);
        int textFrom = out.size();
        ExportCounts written = new ExportCounts();
        long next = goesOn ? 0 : collect(query, partition, nowMs, images, out, written);
        boolean open = !write(images, out, textFrom, written);
        if (!open) {
            partition.pendingTransfers().remove(id);
        } else if (!goesOn && !partition.pendingTransfers().put(id, images, nowMs)) {
            out.truncate(header - 1);
            answer.fault(
                    request,
                    new Fault(Status.LIMIT_EXCEEDED, "too much is on its way out of one partition; try again"));
            return;
        }
        ExportChunk.writeHeader(
                out.array(), header, next, written, open, open && images.peek().isBegun());
    }

    /**
     * Writes sessions that are small, and leaves the first one that is not, and what shares its place, in
     * {@code images}.
     */
    private static long collect(
            byte[] query, Partition partition, long nowMs, Images images, JsonWriter out, ExportCounts written) {
        int textFrom = out.size();
        long next = ExportQuery.from(query);
        long end = ExportQuery.end(query);
        while (next < end && images.isEmpty() && out.size() < textFrom + CHUNK_BYTES) {
            if (ExportQuery.kind(query) == ExportQuery.SCAN) {
                next = partition.scan(next, session -> add(session, nowMs, images));
            } else {
                add(partition.find(ExportQuery.token(query, next), nowMs), nowMs, images);
                next++;
            }
            write(images, out, textFrom, written);
        }
        return next;
    }

    private static void add(Session session, long nowMs, Images images) {
        if (session != null && !(session.isExpired(nowMs) && session.expiry().deleteSession())) {
            images.add(new ExportedSession(session, nowMs));
        }
    }

    /** Writes as much as fits; says whether that was all. */
    private static boolean write(Images images, JsonWriter out, int textFrom, ExportCounts written) {
        int sizeMax = textFrom + CHUNK_BYTES;
        while (!images.isEmpty()) {
            ExportedSession image = images.peek();
            if (out.size() >= sizeMax) {
                return false;
            }
            if (!image.isBegun() && out.size() > textFrom) {
                out.mark(',');
            }
            if (!image.write(out, sizeMax, written)) {
                return false;
            }
            images.remove();
        }
        return true;
    }
}
