package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.util.List;

/**
 * A journal without threads: whoever appends also writes, at a time of its own, and makes segments ahead when told to.
 */
final class Scribe {

    static final long TURN_NANOS = 100_000_000;

    private final SpaceBudget room = new SpaceBudget();
    private final SegmentPool reserve;
    private final JournalWriter writer;
    private long position;
    private long now;

    /** Goes on from what was recovered. */
    Scribe(JournalFiles files, JournalOptions options, Recovered recovered, JournalListener listener)
            throws IOException {
        reserve = new SegmentPool(files, room, options);
        writer = new JournalWriter(files, options, recovered, reserve, room, new JournalRecorder(), listener);
        writer.open(now);
    }

    /** Recovers a directory, and hears nothing of what is told. */
    static Scribe on(JournalFiles files, JournalPolicy policy) throws Exception {
        return new Scribe(files, options(policy), new Recovery(files).run((bytes, from, to) -> {}, false), new Told());
    }

    /** With segments as small as they can be, and images after three of them. */
    static JournalOptions options(JournalPolicy policy) {
        return JournalOptions.of(policy).withSizes(4096, 4096, 12_000);
    }

    /** Writes chunks in one turn, some time after the last one; says the position of the last. */
    long write(List<Chunk> chunks) {
        now += TURN_NANOS;
        position += chunks.size();
        writer.turn(chunks, position, now);
        return position;
    }

    /** Writes one payload in a turn. */
    long write(String text) {
        return write(List.of(Texts.chunk(text)));
    }

    void idle() {
        writer.idle(now);
    }

    void fill() throws IOException {
        reserve.fill();
    }

    void close() {
        writer.close(now);
    }

    long position() {
        return position;
    }

    JournalWriter writer() {
        return writer;
    }

    /** Bytes that are reserved and free. */
    long room() {
        return room.left();
    }
}
