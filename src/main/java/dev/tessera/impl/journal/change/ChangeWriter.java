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
 * A listener that encodes the changes of partitions as payloads (see {@link PayloadOp}), and keeps them until the owner
 * takes them.
 *
 * <p>The changes of one command stay in one payload, so {@link #commandEnd} must be called after each command. The
 * writer remembers sessions that were only used; {@link #writeTouched} writes their new ends. Thread: the owner of the
 * partitions.
 */
public final class ChangeWriter implements ChangeListener {

    /** A payload of this size is closed after the current command. */
    private static final int PAYLOAD_BYTES = 64 * 1024;

    private static final int CAPACITY_KEPT_BYTES = 256 * 1024;
    /** An adopted session of this size is not copied: the journal encodes it from its key records, in pieces. */
    private static final int ADOPTED_BYTES_COPIED = 256 * 1024;
    /** The size of an op SESSION and an op END. */
    private static final int TOUCH_BYTES = 18;

    /** Null if each chunk has an array of exactly its size. */
    private final @Nullable BufferPool pool;

    private final PayloadBuffer buffer = new PayloadBuffer();
    private final Set<Session> touched = new HashSet<>();
    private final List<Integer> ends = new ArrayList<>();
    /** Adopted sessions that are too large to be copied into the buffer. */
    private List<SessionSnapshot> adopted = new ArrayList<>();
    /** The beginning of the open payload; -1 if there is none. */
    private int begin = -1;
    /** The session of the next op; null for the global key space, or before the first op. */
    private @Nullable Session session;
    /** Whether the next op is about the global key space. */
    private boolean isGlobal;
    /** Whether the current command has changed the session. */
    private boolean changed;
    /** The revision of the last op REVISION in the open payload; 0 if there is none. */
    private long revision;

    /** Creates a writer whose chunks have arrays of exactly their size. */
    public ChangeWriter() {
        this(null);
    }

    /** Creates a writer whose chunks use arrays of a pool, and return them after they are written. */
    public ChangeWriter(@Nullable BufferPool pool) {
        this.pool = pool;
    }

    /** Returns the encoded bytes that nobody has taken yet. */
    public int size() {
        return buffer.size();
    }

    /**
     * Returns whether there are snapshots for {@link #takeAdopted}. The owner must take them directly after the
     * command, because later commands may change the same sessions.
     */
    public boolean hasAdopted() {
        return !adopted.isEmpty();
    }

    /**
     * Takes the snapshots of large adopted sessions, which must be appended after the result of {@link #take}.
     *
     * @param reserved the bytes that the journal has reserved for them
     */
    public SnapshotChunk takeAdopted(long reserved) {
        SnapshotChunk chunk = SnapshotChunk.ofAdopted(adopted, reserved);
        adopted = new ArrayList<>();
        return chunk;
    }

    /** Returns how many bytes {@link #writeTouched} would write at most. */
    public long touchedBytes() {
        return (long) touched.size() * TOUCH_BYTES;
    }

    /** Ends the changes of one command. */
    public void commandEnd() {
        changed = false;
        if (begin >= 0 && buffer.size() - begin >= PAYLOAD_BYTES) {
            close();
        }
    }

    /**
     * Takes all encoded changes, of which there must be some. Must be called between commands.
     *
     * @param reserved the bytes that the journal has reserved for them
     */
    public PayloadChunk take(long reserved) {
        if (begin >= 0) {
            close();
        }
        PayloadChunk chunk = new PayloadChunk(reserved);
        for (int end : ends) {
            chunk.endAt(end);
        }
        ends.clear();
        return pool == null
                ? chunk.of(buffer.take(CAPACITY_KEPT_BYTES))
                : chunk.of(buffer.takeOrCopy(pool, CAPACITY_KEPT_BYTES)).returnTo(pool);
    }

    /**
     * Encodes the ends of all sessions that were used but not changed since the last call. Must be called between
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
    public void changed(ChangeKind kind, @Nullable Session of, byte @Nullable [] keyRecord, long changedAt) {
        switch (kind) {
            case CREATED -> created(requireNonNull(of), changedAt);
            case ADOPTED -> adopted(requireNonNull(of));
            case SET, UPDATED -> {
                open(of);
                buffer.put(requireNonNull(keyRecord));
            }
            case END_MOVED -> {
                open(of);
                revision(changedAt);
                buffer.keyEnd(requireNonNull(keyRecord));
            }
            case REMOVED, KEY_EXPIRED -> {
                open(of);
                revision(changedAt);
                buffer.removed(requireNonNull(keyRecord));
            }
            case CLEARED -> {
                open(of);
                revision(changedAt);
                buffer.op(PayloadOp.CLEARED);
            }
            case ENDED -> gone(requireNonNull(of), changedAt);
            case EXPIRED -> expired(requireNonNull(of), changedAt);
            case EXPIRY_MOVED -> expiryMoved(requireNonNull(of));
            case APPLIED -> applied(of);
        }
    }

    private void created(Session made, long changedAt) {
        openPayload();
        revision(changedAt);
        buffer.made(made.token(), made.name(), made.shared(), made.expiry(), made.endMs());
        session = made;
        isGlobal = false;
        changed = true;
    }

    private void adopted(Session made) {
        if (made.keys().bytes() < ADOPTED_BYTES_COPIED) {
            changedStepwise(made);
        } else {
            adopted.add(SessionSnapshot.of(made));
        }
    }

    private void expired(Session expired, long changedAt) {
        if (expired.expiry().deleteSession()) {
            gone(expired, changedAt);
        } else {
            touched.remove(expired);
            open(expired);
            revision(changedAt);
            buffer.op(PayloadOp.CLEARED);
            buffer.end(expired.endMs());
        }
        changed = false;
    }

    private void expiryMoved(Session moved) {
        touched.remove(moved);
        open(moved);
        buffer.expiry(moved.expiry());
        buffer.end(moved.endMs());
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

    private void gone(Session ended, long changedAt) {
        touched.remove(ended);
        open(ended);
        revision(changedAt);
        buffer.op(PayloadOp.GONE);
        session = null;
        changed = false;
    }

    /** Writes the op that makes the next one apply to this session, or to the global key space if it is null. */
    private void open(@Nullable Session of) {
        openPayload();
        if (of == null && !isGlobal) {
            buffer.op(PayloadOp.GLOBAL);
        } else if (of != null && of != session) {
            buffer.session(of.token());
        }
        session = of;
        isGlobal = of == null;
        changed = true;
    }

    /** Writes the revision of the next op, which contains none. */
    private void revision(long of) {
        if (of != revision) {
            buffer.revision(of);
            revision = of;
        }
    }

    private void openPayload() {
        if (begin < 0) {
            revision = 0;
            begin = buffer.size();
            buffer.part(PayloadOp.WHOLE);
            session = null;
            isGlobal = false;
        }
    }

    private void close() {
        ends.add(buffer.size());
        begin = -1;
    }
}
