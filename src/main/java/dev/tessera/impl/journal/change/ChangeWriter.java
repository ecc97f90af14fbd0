package dev.tessera.impl.journal.change;

import static java.util.Objects.requireNonNull;

import dev.tessera.impl.journal.BufferPool;
import dev.tessera.impl.journal.PayloadChunk;
import dev.tessera.impl.session.ChangeKind;
import dev.tessera.impl.session.ChangeListener;
import dev.tessera.impl.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the changes of the partitions of one store as payloads (see {@link PayloadOp}), until they are taken.
 *
 * <p>What one command changed stays together: {@link #commandEnd} is to be called behind each. Sessions that were only
 * used are remembered, and their ends written when {@link #writeTouched} is called. Thread: the owner of the
 * partitions.
 */
public final class ChangeWriter implements ChangeListener {

    /** A payload that has reached this size is closed behind the command. */
    private static final int PAYLOAD_BYTES = 64 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 256 * 1024;
    /**
     * A session that comes with more than this is written down from its key records, in pieces, and not copied before.
     */
    private static final int ADOPTED_BYTES_COPIED = 256 * 1024;
    /** What an op SESSION and an op END take. */
    private static final int TOUCH_BYTES = 18;

    /** Null where chunks have arrays of just their size. */
    private final BufferPool spares;

    private final PayloadBuffer buffer = new PayloadBuffer();
    private final Set<Session> touched = new HashSet<>();
    private final List<Integer> ends = new ArrayList<>();
    /** Sessions that came as a whole and are too large to be copied here. */
    private List<SessionSnapshot> adopted = new ArrayList<>();
    /** Where the open payload begins; -1 while none is open. */
    private int begin = -1;
    /** What the next op is of: a session, everybody's keys, or nothing yet. */
    private Session session;

    private boolean common;
    /** Whether the command has changed the session so far. */
    private boolean changed;

    /** One whose chunks have arrays of just their size. */
    public ChangeWriter() {
        this(null);
    }

    /** One whose chunks lie in spare arrays, and give them back when they are written. */
    public ChangeWriter(BufferPool spares) {
        this.spares = spares;
    }

    /** How many bytes wait to be taken. */
    public int size() {
        return buffer.size();
    }

    /**
     * Whether images wait to be taken, which is to be done behind the command: what follows may change the same
     * sessions.
     */
    public boolean hasAdopted() {
        return !adopted.isEmpty();
    }

    /**
     * Takes the images of large sessions that were adopted, which are written down behind what {@link #take} gives.
     *
     * @param admitted what the journal was asked for on their behalf
     */
    public SnapshotChunk takeAdopted(long admitted) {
        SnapshotChunk chunk = SnapshotChunk.ofAdopted(adopted, admitted);
        adopted = new ArrayList<>();
        return chunk;
    }

    /** Says what {@link #writeTouched} would write at most, in bytes. */
    public long touchedBytes() {
        return (long) touched.size() * TOUCH_BYTES;
    }

    /** Closes what one command has changed. */
    public void commandEnd() {
        changed = false;
        if (begin >= 0 && buffer.size() - begin >= PAYLOAD_BYTES) {
            close();
        }
    }

    /**
     * Takes all that was written, which is not empty, and begins anew; to be called between commands.
     *
     * @param admitted what the journal was asked for on its behalf
     */
    public PayloadChunk take(long admitted) {
        if (begin >= 0) {
            close();
        }
        PayloadChunk chunk = new PayloadChunk(admitted);
        for (int end : ends) {
            chunk.endAt(end);
        }
        ends.clear();
        return spares == null
                ? chunk.of(buffer.take(CAPACITY_KEPT_BYTES))
                : chunk.of(buffer.takeOrCopy(spares, CAPACITY_KEPT_BYTES)).thenSpare(spares);
    }

    /**
     * Writes the ends of all sessions that were used and not changed since the last time; to be called between
     * commands.
     */
    public void writeTouched() {
        for (Session used : touched) {
            open(used);
            buffer.end(used.endMs());
            commandEnd();
        }
        touched.clear();
    }

    @Override
    public void changed(ChangeKind kind, @Nullable Session of, byte @Nullable [] keyRecord) {
        switch (kind) {
            case CREATED -> created(requireNonNull(of));
            case ADOPTED -> adopted(requireNonNull(of));
            case SET, UPDATED -> {
                open(of);
                buffer.put(requireNonNull(keyRecord));
            }
            case REMOVED -> {
                open(of);
                buffer.removed(requireNonNull(keyRecord));
            }
            case CLEARED -> {
                open(of);
                buffer.op(PayloadOp.CLEARED);
            }
            case ENDED -> gone(requireNonNull(of));
            case EXPIRED -> expired(requireNonNull(of));
            case APPLIED -> applied(of);
        }
    }

    private void created(Session made) {
        openPayload();
        buffer.made(made.token(), made.name(), made.shared(), made.expiry(), made.endMs());
        session = made;
        common = false;
        changed = true;
    }

    private void adopted(Session made) {
        if (made.keys().bytes() < ADOPTED_BYTES_COPIED) {
            changedStepwise(made);
        } else {
            adopted.add(SessionSnapshot.of(made));
        }
    }

    private void expired(Session over) {
        if (over.expiry().deleteSession()) {
            gone(over);
        } else {
            touched.remove(over);
            open(over);
            buffer.op(PayloadOp.CLEARED);
            buffer.end(over.endMs());
        }
        changed = false;
    }

    private void applied(@Nullable Session used) {
        if (used != null && used.expiry().expires()) {
            if (changed) {
                open(used);
                buffer.end(used.endMs());
            } else {
                touched.add(used);
            }
        }
        changed = false;
    }

    private void gone(Session over) {
        touched.remove(over);
        open(over);
        buffer.op(PayloadOp.GONE);
        session = null;
        changed = false;
    }

    /** Sees to it that the next op is taken for one of this session, or of everybody's keys where it is null. */
    private void open(@Nullable Session of) {
        openPayload();
        if (of == null && !common) {
            buffer.op(PayloadOp.COMMON);
        } else if (of != null && of != session) {
            buffer.session(of.token());
        }
        session = of;
        common = of == null;
        changed = true;
    }

    private void openPayload() {
        if (begin < 0) {
            begin = buffer.size();
            buffer.part(PayloadOp.WHOLE);
            session = null;
            common = false;
        }
    }

    private void close() {
        ends.add(buffer.size());
        begin = -1;
    }
}
