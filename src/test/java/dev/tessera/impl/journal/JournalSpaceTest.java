package dev.tessera.impl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tessera.impl.journal.file.UnreliableDisk;
import dev.tessera.testing.Layer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures how much space a journal takes while data of a constant size changes repeatedly. */
@Tag(Layer.UNIT)
class JournalSpaceTest {

    private static final int NAMES = 40;
    private static final int VALUE_BYTES = 400;
    private static final int TURNS = 5000;

    private final Random random = new Random(1);
    private final UnreliableDisk disk = new UnreliableDisk(random);
    private final Told told = new Told();

    @Test
    void shouldTakeNoMoreThanStated() throws Exception {
        JournalOptions options = Scribe.options(JournalOptions.Policy.EVERYSEC);
        Scribe scribe = new Scribe(disk, options, new Recovery(disk).run((bytes, from, to) -> {}, false), told);
        long live = JournalLog.cost(VALUE_BYTES) * NAMES;
        // The log until a snapshot is due, the snapshot, and the changes during the snapshot: here one change for each
        // part of it.
        long log = Math.max(options.compactBytesMin(), (long) (options.compactFactor() * live)) + live + live;
        long reserved = options.reserveBytesMin() + JournalOptions.EXTRA_SEGMENTS_MAX * options.segmentBytes();

        long snapshot = 0;
        Deque<Chunk> parts = new ArrayDeque<>();
        for (int turn = 0; turn < TURNS; turn++) {
            List<Chunk> chunks = new ArrayList<>();
            chunks.add(Texts.chunk("x".repeat(VALUE_BYTES)));
            if (told.snapshot() != snapshot) {
                snapshot = told.snapshot();
                for (int i = 0; i < NAMES; i++) {
                    parts.add(Texts.snapshot("x".repeat(VALUE_BYTES)));
                }
                parts.add(new SnapshotProgress.End(snapshot));
            }
            if (!parts.isEmpty()) {
                chunks.add(parts.poll());
            }
            scribe.write(chunks);
            scribe.fill();
            assertThat(disk.bytes()).as("turn %d", turn).isLessThanOrEqualTo(log + reserved);
        }

        assertThat(snapshot).isGreaterThan(50);
        assertThat(told.failed()).isEmpty();
        scribe.close();
        assertThat(scribe.available()).isZero();
        assertThat(disk.bytes()).isLessThanOrEqualTo(log);
    }
}
