package dev.tessera.impl.journal;

import dev.tessera.impl.journal.file.JournalFiles;
import java.io.IOException;
import java.util.List;

/** A journal without threads: the test appends, writes and preallocates by itself, with a clock of its own. */
final class Scribe {

    static final long TURN_NANOS = 100_000_000;

    private final SegmentPool pool;
    private final JournalWriter writer;
    private long position;
    private long now;

    /** Continues a recovered journal. */
    Scribe(JournalFiles files, JournalOptions options, Recovered recovered, JournalListener listener)
            throws IOException {
        pool = new SegmentPool(files, options);
        writer = new JournalWriter(files, options, recovered, pool, new JournalRecorder(), listener);
        writer.open(now);
    }

    /** Recovers a directory and continues it without a listener. */
    static Scribe on(JournalFiles files, JournalOptions.Policy policy) throws Exception {
        return new Scribe(files, options(policy), new Recovery(files).run((bytes, from, to) -> {}, false), new Told());
    }

    /** Returns options with segments of the least size, and snapshots after three of them. */
    static JournalOptions options(JournalOptions.Policy policy) {
        return JournalOptions.of(policy).withSizes(4096, 4096, 12_000);
    }

    /** Writes chunks in one turn, {@link #TURN_NANOS} after the last one. Returns the position of the last chunk. */
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
        pool.fill();
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

    /** Returns the bytes that can still be reserved. */
    long available() {
        return pool.budget().available();
    }
}
