package dev.tessera.impl.journal.change;

import dev.tessera.impl.journal.Chunk;
import dev.tessera.impl.journal.PayloadSink;
import java.io.IOException;
import java.util.List;

/**
 * Images of sessions as they are after all that their store has appended before: a part of an image of everything, or
 * sessions that have come as a whole. They are encoded when they are written.
 */
public final class SnapshotChunk implements Chunk {

    private final List<SessionSnapshot> images;
    private final long bytes;
    private final long admitted;
    private final boolean isImage;

    private SnapshotChunk(List<SessionSnapshot> images, long admitted, boolean isImage) {
        this.images = List.copyOf(images);
        this.bytes = images.stream().mapToLong(SessionSnapshot::bytes).sum();
        this.admitted = admitted;
        this.isImage = isImage;
    }

    /** A part of an image of everything; what {@link #admitted} says is still to be asked for. */
    public static SnapshotChunk ofImage(List<SessionSnapshot> images) {
        return new SnapshotChunk(
                images, images.stream().mapToLong(SessionSnapshot::costMax).sum(), true);
    }

    /** Sessions that have come as a whole, with what was admitted for them. */
    static SnapshotChunk ofAdopted(List<SessionSnapshot> images, long admitted) {
        return new SnapshotChunk(images, admitted, false);
    }

    @Override
    public void writeTo(PayloadSink sink) throws IOException {
        for (SessionSnapshot image : images) {
            image.writeTo(sink);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long admitted() {
        return admitted;
    }

    @Override
    public boolean isImage() {
        return isImage;
    }
}
